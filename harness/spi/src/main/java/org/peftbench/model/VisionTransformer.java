package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.peftbench.model.ViTConfig.Pooling;

/**
 * A plain vision transformer (Dosovitskiy et al. 2021) in timm's parts: {@code patch_embed}, {@code
 * pos_drop}, {@code blocks.0} to {@code blocks.L-1}, {@code norm}. It has no head: its output is
 * the representation (B, D). All parameters begin frozen.
 */
public final class VisionTransformer extends Part {

  private final ViTConfig config;

  /** Makes a transformer without values yet. */
  public VisionTransformer(ViTConfig config) {
    this.config = config;
    parameter("cls_token", Init.TRUNCATED_NORMAL, 1, 1, config.width());
    parameter("pos_embed", Init.TRUNCATED_NORMAL, 1, config.tokens(), config.width());
    add("patch_embed", new PatchEmbed(config));
    add("pos_drop", new Identity());
    add("blocks", new Blocks(config));
    add("norm", new LayerNorm(config.width(), config.layerNormEps()));
    freezeParameters(true);
  }

  /** The sizes. */
  public ViTConfig config() {
    return config;
  }

  /** Names the parameters that a plain transformer does not have: what a method has added. */
  public SortedSet<String> addedParameters() {
    SortedSet<String> added = new TreeSet<>(namedParameters().keySet());
    added.removeAll(config.tensorShapes().keySet());
    return added;
  }

  /** Turns images (B, 3, S, S) into representations (B, D). */
  @Override
  public NDArray forward(NDArray images, boolean training) {
    return scoped(
        () -> {
          NDArray embedded = embed(images, training);
          return represent(part("blocks").forward(embedded, training), training);
        });
  }

  /**
   * Runs the blocks and keeps what a side network reads; only as deep as the taps ask for.
   *
   * @param images (B, 3, S, S)
   * @param taps what to keep
   * @return one array a tap, in their order, in the caller's scope
   * @throws IllegalArgumentException if a tap is not of this transformer
   * @throws ClassCastException if the blocks are wrapped: what is read must be the plain backbone
   */
  public NDList taps(NDArray images, List<Tap> taps) {
    TapCollector collector = new TapCollector(taps, this);
    int depth = taps.stream().mapToInt(Tap::depth).max().orElse(0);
    try (NDScope scope = scope()) {
      NDArray embedded = embed(images, false);
      blocks().run(embedded, depth, false, collector);
    }
    return collector.collected();
  }

  /**
   * Begins what {@link #taps} does, and stops before the first block; arrays are in the caller's
   * scope, as those of {@link #next} are.
   *
   * @param images (B, 3, S, S)
   * @param taps what will be kept
   * @throws IllegalArgumentException if a tap is not of this transformer
   */
  public TapStage begin(NDArray images, List<Tap> taps) {
    return new TapCollector(taps, this).stage(0, embed(images, false));
  }

  /**
   * Runs one block more, which must have its values: no supply is asked. Every bit is as {@link
   * #taps} has it.
   *
   * @param stage before the block; its arrays are used up
   * @param taps those that the run began with
   */
  public TapStage next(TapStage stage, List<Tap> taps) {
    NDArray z = part("blocks." + stage.depth()).forward(stage.carried().get(0), false);
    return TapCollector.after(stage, taps, this).stage(stage.depth() + 1, z);
  }

  /** From now on the blocks of this transformer have their values from there. */
  public void supplyBlocks(BlockSupply supply) {
    blocks().supplyFrom(supply);
  }

  private Blocks blocks() {
    return (Blocks) part("blocks");
  }

  /**
   * Turns final tokens into a representation: the frozen {@code norm}, then pooling.
   *
   * @param tokens (B, N, D), the class token first; N may be less than the transformer's
   * @return (B, D)
   */
  public NDArray represent(NDArray tokens, boolean training) {
    return scoped(
        () -> {
          if (config.pooling() == Pooling.CLS) {
            // The norm works token by token: normalising the one that is used is enough.
            return part("norm").forward(tokens.get(new NDIndex(":, 0")), training);
          }
          NDArray normed = part("norm").forward(tokens, training);
          return normed.get(new NDIndex(":, 1:")).mean(new int[] {1});
        });
  }

  private NDArray embed(NDArray images, boolean training) {
    return scoped(
        () -> {
          NDArray patches = part("patch_embed").forward(images, training);
          long batch = patches.getShape().get(0);
          NDArray cls = value("cls_token").broadcast(batch, 1, config.width());
          NDArray tokens = NDArrays.concat(new NDList(cls, patches), 1);
          return part("pos_drop").forward(tokens.add(value("pos_embed")), training);
        });
  }
}
