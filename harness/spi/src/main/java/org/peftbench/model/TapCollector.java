package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps the taps of one forward pass, and the running sums that they need. */
final class TapCollector {

  private final VisionTransformer backbone;
  private final List<Tap> taps;
  private final List<@Nullable NDArray> kept;
  private final Map<Series, NDArray> sums = new LinkedHashMap<>();

  /** Sums that begin and go on alike, of which each is the beginning of a longer one. */
  private record Series(int first, int step) {

    static Series of(Tap tap) {
      return new Series(tap.first(), tap.step());
    }
  }

  TapCollector(List<Tap> taps, VisionTransformer backbone) {
    this.backbone = backbone;
    this.taps = List.copyOf(taps);
    this.taps.forEach(tap -> tap.tokens(backbone.config()));
    this.kept = new ArrayList<>(Collections.nCopies(taps.size(), null));
  }

  /** Goes on with the sums that were {@linkplain #stage carried} behind z_i. */
  static TapCollector after(TapStage stage, List<Tap> taps, VisionTransformer backbone) {
    TapCollector collector = new TapCollector(taps, backbone);
    List<Series> going = collector.going(stage.depth());
    for (int i = 0; i < going.size(); i++) {
      collector.sums.put(going.get(i), stage.carried().get(i + 1));
    }
    return collector;
  }

  /** Takes what is tapped of z_i, the tokens after block {@code depth}. */
  void visit(int depth, NDArray z) {
    taps.stream()
        .filter(tap -> tap.adds(depth))
        .map(Series::of)
        .distinct()
        .forEach(series -> add(series, z));
    for (int i = 0; i < taps.size(); i++) {
      Tap tap = taps.get(i);
      if (tap.depth() == depth) {
        NDArray array = pooled(tap, map(tap, z));
        NDScope.unregister(array); // it outlives the pass
        kept.set(i, array);
      }
    }
    for (Series series : List.copyOf(sums.keySet())) {
      if (!goesOn(series, depth)) {
        end(Objects.requireNonNull(sums.remove(series)));
      }
    }
  }

  /** Takes what is tapped of z_i, and hands on all that the rest follows from. */
  TapStage stage(int depth, NDArray z) {
    NDList carried = new NDList(z);
    try (NDScope scope = Part.scope()) {
      visit(depth, z);
      for (Series series : going(depth)) {
        NDArray sum = Objects.requireNonNull(sums.get(series));
        NDScope.unregister(sum);
        carried.add(sum);
      }
    }
    SortedMap<Integer, NDArray> reached = new TreeMap<>();
    for (int i = 0; i < taps.size(); i++) {
      if (taps.get(i).depth() == depth) {
        reached.put(i, Objects.requireNonNull(kept.get(i)));
      }
    }
    carried.forEach(NDScope::register);
    reached.values().forEach(NDScope::register);
    return new TapStage(depth, carried, reached);
  }

  /** Whether a sum of the series has maps behind z_i. */
  private boolean goesOn(Series series, int depth) {
    return going(depth).contains(series);
  }

  /** The series that have a map up to z_i and others behind it, in the order of the taps. */
  private List<Series> going(int depth) {
    return taps.stream()
        .filter(tap -> tap.kind() == Tap.Kind.SUM && tap.first() <= depth && tap.depth() > depth)
        .map(Series::of)
        .distinct()
        .toList();
  }

  private void add(Series series, NDArray z) {
    NDArray before = sums.get(series);
    sums.put(series, before == null ? z.duplicate() : before.add(z));
    if (before != null) {
      end(before);
    }
  }

  /** Frees a sum that nothing is added to any more, unless it is a tap itself. */
  private void end(NDArray sum) {
    if (!keeps(sum)) {
      sum.close();
    }
  }

  private NDArray map(Tap tap, NDArray z) {
    return switch (tap.kind()) {
      case BLOCK -> z;
      case SUM -> Objects.requireNonNull(sums.get(Series.of(tap)));
      case REPRESENTATION -> backbone.represent(z, false);
    };
  }

  /** Means of squares of patch tokens, behind the class token: (B, N, D) to fewer tokens. */
  private NDArray pooled(Tap tap, NDArray map) {
    if (tap.pool() == 1) {
      return map;
    }
    long images = map.getShape().get(0);
    int side = backbone.config().grid();
    int squares = side / tap.pool();
    long width = backbone.config().width();
    try (NDScope scope = Part.scope()) {
      NDArray means =
          map.get(new NDIndex(":, 1:"))
              .reshape(images, squares, tap.pool(), squares, tap.pool(), width)
              .mean(new int[] {4}) // the engine takes one axis at a time
              .mean(new int[] {2})
              .reshape(images, (long) squares * squares, width);
      NDArray all = NDArrays.concat(new NDList(map.get(new NDIndex(":, :1")), means), 1);
      NDScope.unregister(all);
      return all;
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
