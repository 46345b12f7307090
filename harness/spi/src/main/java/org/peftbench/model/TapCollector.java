package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the taps of one forward pass, and the one running sum that they need. */
final class TapCollector {

  private final VisionTransformer backbone;
  private final List<Tap> taps;
  private final List<@Nullable NDArray> kept;
  private @Nullable NDArray sum;

  TapCollector(List<Tap> taps, VisionTransformer backbone) {
    this.backbone = backbone;
    this.taps = List.copyOf(taps);
    this.kept = new ArrayList<>(Collections.nCopies(taps.size(), null));
  }

  /** Takes what is tapped of z_i, the tokens after block {@code depth}. */
  void visit(int depth, NDArray z) {
    if (taps.stream().anyMatch(tap -> tap.kind() == Tap.Kind.SUM && tap.depth() >= depth)) {
      NDArray before = sum;
      sum = before == null ? z.duplicate() : before.add(z);
      if (before != null && !keeps(before)) {
        before.close();
      }
    }
    for (int i = 0; i < taps.size(); i++) {
      Tap tap = taps.get(i);
      if (tap.depth() == depth) {
        NDArray array =
            switch (tap.kind()) {
              case BLOCK -> z;
              case SUM -> Objects.requireNonNull(sum);
              case REPRESENTATION -> backbone.represent(z, false);
            };
        NDScope.unregister(array); // it outlives the pass
        kept.set(i, array);
      }
    }
  }

  boolean keeps(NDArray array) {
    return kept.stream().anyMatch(one -> one == array);
  }

  /** Hands the taps to the caller's scope. */
  NDList collected() {
    NDList list = new NDList(taps.size());
    for (NDArray array : kept) {
      list.add(Objects.requireNonNull(array, "a tap was not reached"));
    }
    list.forEach(NDScope::register);
    return list;
  }
}
