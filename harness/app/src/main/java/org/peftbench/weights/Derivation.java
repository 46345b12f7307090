package org.peftbench.weights;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.model.ViTConfig;

/** Derives a transformer's sizes from the shapes of its tensors. */
final class Derivation {

  /** Published plain transformers; shapes of timm and Hugging Face files do not show heads. */
  private static final Map<Long, Long> HEADS_BY_WIDTH =
      Map.of(
          192L, 3L, 384L, 6L, 768L, 12L, 1024L, 16L, 1280L, 16L, 1408L, 16L, 1664L, 16L, 1792L,
          16L);

  /** Between them they show every letter that a layout's shapes show at all. */
  private static final List<String> TELLING =
      List.of(
          "cls_token",
          "pos_embed",
          "patch_embed.proj.weight",
          "blocks.0.attn.qkv.bias",
          "blocks.0.mlp.fc1.bias");

  private final NamedTensors tensors;
  private final Sizes sizes = new Sizes();

  private Derivation(NamedTensors tensors) {
    this.tensors = tensors;
  }

  /**
   * The sizes of a file's transformer, with CLS pooling and timm's epsilon.
   *
   * @throws WrongInputException if a tensor that is needed is missing or does not fit the others
   */
  static ViTConfig of(NamedTensors tensors) {
    Derivation derivation = new Derivation(tensors);
    TELLING.forEach(derivation::learn);
    return derivation.config();
  }

  private void learn(String timmName) {
    Rule rule = tensors.layout().rule(timmName);
    String source = rule.sources().get(0);
    TensorInfo info =
        tensors.info(source).orElseThrow(() -> wrong("has no tensor '" + source + "'"));
    if (!sizes.learn(rule.letters(), info.shape())) {
      throw wrong(
          "tensor '%s' has shape %s, expected (%s) that fits the other tensors"
              .formatted(tensors.shown(source), info.shape(), String.join(", ", rule.letters())));
    }
  }

  private ViTConfig config() {
    long positions = sizes.value("N");
    int grid =
        Grid.side(positions)
            .orElseThrow(() -> wrong("has " + positions + " positions, which is no square grid"));
    try {
      return new ViTConfig(
          Math.multiplyExact(grid, size("P")),
          size("P"),
          size("C"),
          size("D"),
          depth(),
          heads(),
          size("M"),
          ViTConfig.LAYER_NORM_EPS,
          ViTConfig.Pooling.CLS);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new WrongInputException(tensors.file().path() + ": " + e.getMessage(), e);
    }
  }

  private int size(String letter) {
    return Math.toIntExact(sizes.value(letter));
  }

  private int depth() {
    int depth = 0;
    while (tensors.info(normOf(depth)).isPresent()) {
      depth++;
    }
    return depth;
  }

  private String normOf(int block) {
    return tensors.layout().rule("blocks." + block + ".norm1.weight").sources().get(0);
  }

  private int heads() {
    if (sizes.knows("H")) {
      return size("H");
    }
    return Optional.ofNullable(HEADS_BY_WIDTH.get(sizes.value("D")))
        .map(Math::toIntExact)
        .orElseThrow(
            () ->
                wrong(
                    "shapes do not show the number of heads, and width "
                        + sizes.value("D")
                        + " is not a published size; give a config file with 'heads'"));
  }

  private WrongInputException wrong(String what) {
    return new WrongInputException(tensors.file().path() + ": " + what);
  }
}
