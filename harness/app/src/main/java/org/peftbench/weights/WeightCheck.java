package org.peftbench.weights;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.peftbench.WrongInputException;
import org.peftbench.model.ViTConfig;

/** Compares a file's tensors with those a transformer needs. */
final class WeightCheck {

  private static final int SHOWN = 4;

  private final NamedTensors tensors;
  private final ViTConfig wanted;
  private final List<String> missing = new ArrayList<>();
  private final List<String> misshaped = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();
  private final Set<String> kinds = new TreeSet<>();

  WeightCheck(NamedTensors tensors, ViTConfig wanted) {
    this.tensors = tensors;
    this.wanted = wanted;
  }

  /** Throws one exception that says all that is wrong. */
  void run() {
    Set<String> used = new HashSet<>();
    for (String timmName : wanted.tensorShapes().keySet()) {
      Rule rule = tensors.layout().rule(timmName);
      used.addAll(rule.sources());
      for (String source : rule.sources()) {
        compare(timmName, source, Sizes.of(wanted).shape(rule.letters()));
      }
    }
    for (String bare : tensors.stored().keySet()) {
      if (!used.contains(bare) && !Extras.harmless(bare)) {
        unexpected.add(tensors.shown(bare));
        Extras.betrays(bare).ifPresent(kinds::add);
      }
    }
    List<String> complaints = new ArrayList<>();
    kinds.forEach(kind -> complaints.add("it is a " + kind + ", which is not supported"));
    complain(complaints, "missing", missing);
    complain(complaints, "misshaped", misshaped);
    complain(complaints, "unexpected", unexpected);
    if (!complaints.isEmpty()) {
      throw new WrongInputException(
          "%s: does not fit the transformer (%s layout): %s"
              .formatted(tensors.file().path(), tensors.layout(), String.join("; ", complaints)));
    }
  }

  private void compare(String timmName, String source, List<Long> expected) {
    Optional<TensorInfo> info = tensors.info(source);
    if (info.isEmpty()) {
      missing.add(source);
    } else if (timmName.equals("pos_embed")
        ? positions(info.get(), wanted.width()).isEmpty()
        : !info.get().shape().equals(expected)) {
      misshaped.add(tensors.shown(source) + " " + info.get().shape() + " for " + expected);
    } else if (!info.get().type().isFloating()) {
      misshaped.add(tensors.shown(source) + " of " + info.get().type() + " for floats");
    }
  }

  private static void complain(List<String> complaints, String what, List<String> which) {
    if (!which.isEmpty()) {
      String more = which.size() > SHOWN ? " and " + (which.size() - SHOWN) + " more" : "";
      complaints.add(
          "%s %s: %s%s"
              .formatted(
                  which.size(),
                  what,
                  String.join(", ", which.subList(0, Math.min(SHOWN, which.size()))),
                  more));
    }
  }

  static void requireShape(NamedTensors tensors, String source, List<Long> expected) {
    List<Long> found = require(tensors, source).shape();
    if (!found.equals(expected)) {
      throw new WrongInputException(
          "%s: tensor '%s' has shape %s, expected %s"
              .formatted(tensors.file().path(), tensors.shown(source), found, expected));
    }
  }

  /** The number of positions of a position embedding (1, N, D) on a square grid. */
  static long requirePositions(NamedTensors tensors, String source, int width) {
    TensorInfo info = require(tensors, source);
    return positions(info, width)
        .orElseThrow(
            () ->
                new WrongInputException(
                    "%s: tensor '%s' has shape %s, expected [1, positions of a square grid, %s]"
                        .formatted(
                            tensors.file().path(), tensors.shown(source), info.shape(), width)));
  }

  private static Optional<Long> positions(TensorInfo info, int width) {
    List<Long> shape = info.shape();
    return shape.size() == 3
            && shape.get(0) == 1
            && shape.get(2) == width
            && Grid.side(shape.get(1)).isPresent()
        ? Optional.of(shape.get(1))
        : Optional.empty();
  }

  private static TensorInfo require(NamedTensors tensors, String source) {
    return tensors
        .info(source)
        .orElseThrow(
            () ->
                new WrongInputException(
                    tensors.file().path() + ": has no tensor '" + source + "'"));
  }
}
