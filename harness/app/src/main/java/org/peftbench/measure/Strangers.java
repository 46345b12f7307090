package org.peftbench.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who used a cell's GPU besides the cell and the other children of its run. */
final class Strangers {

  private final OwnProcesses own;
  private final SortedSet<Long> seen = new TreeSet<>();
  private final SortedSet<Long> oneIsTheChild = new TreeSet<>();

  Strangers(OwnProcesses own) {
    this.own = own;
  }

  /** Processes other than the cell's own child. */
  void saw(Collection<Long> pids) {
    seen.addAll(pids);
  }

  /** New processes, of which one may be the child, under a pid that is not known. */
  void sawUnknown(Collection<Long> pids) {
    oneIsTheChild.addAll(pids);
    oneIsTheChild.removeIf(own::has);
  }

  /** It is known which one is. */
  void knowTheChild() {
    oneIsTheChild.clear();
  }

  List<String> taints() {
    List<String> taints = new ArrayList<>();
    seen.removeIf(own::has);
    if (!seen.isEmpty()) {
      taints.add("other processes used the GPU: " + list(seen));
    }
    if (oneIsTheChild.size() > 1) {
      taints.add("other processes used the GPU: all but one of " + list(oneIsTheChild));
    }
    return taints;
  }

  private static String list(SortedSet<Long> pids) {
    return pids.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
