package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.peftbench.WrongInputException;
import org.peftbench.model.Init;
import org.peftbench.model.Linear;
import org.peftbench.model.Part;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plugin.BoundMethod;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/**
 * A method attached to a backbone, with a linear head: what is trained and judged.
 *
 * <p>A batch passes through it in two steps: images become {@linkplain #inputs inputs} without
 * gradient (taps for a side method, the images themselves otherwise), inputs become logits.
 */
public final class Learner {

  private final VisionTransformer backbone;
  private final List<Tap> taps;
  private final Head root;

  private Learner(VisionTransformer backbone, List<Tap> taps, Head root) {
    this.backbone = backbone;
    this.taps = taps;
    this.root = root;
  }

  /**
   * Attaches a method.
   *
   * @param bound the method and its hyper-parameters
   * @param backbone with its pre-trained values; a backbone method changes it
   * @param classes K
   */
  public static <C extends Record> Learner attach(
      BoundMethod<C> bound, VisionTransformer backbone, int classes) {
    long width = backbone.config().width();
    if (bound.method() instanceof SideMethod<C> method) {
      SideNetwork side = method.build(bound.config(), frozen(backbone));
      return new Learner(
          backbone,
          List.copyOf(method.taps(bound.config(), backbone.config())),
          new Head("side", side, width, classes));
    }
    ((BackboneMethod<C>) bound.method()).adapt(bound.config(), backbone);
    return new Learner(backbone, List.of(), new Head("backbone", backbone, width, classes));
  }

  /**
   * A transformer of which every value is trained, as in pretraining.
   *
   * @param classes K
   */
  public static Learner pretraining(VisionTransformer backbone, int classes) {
    backbone.unfreeze("**");
    Head root = new Head("backbone", backbone, backbone.config().width(), classes);
    return new Learner(backbone, List.of(), root);
  }

  private static FrozenBackbone frozen(VisionTransformer backbone) {
    return new FrozenBackbone() {
      @Override
      public ViTConfig config() {
        return backbone.config();
      }

      @Override
      public NDArray represent(NDArray tokens) {
        return backbone.represent(tokens, false);
      }
    };
  }

  /** Gives the method and the head their first values. */
  public void initialize(NDManager manager, long seed) {
    root.initialize(manager, seed);
  }

  /** What is trained: the method's parameters and {@code head}. */
  public Part trained() {
    return root;
  }

  /** Whether the backbone is only read. */
  public boolean readsOnly() {
    return !taps.isEmpty();
  }

  /** What is read of the backbone; empty for a method that changes it. */
  public List<Tap> taps() {
    return taps;
  }

  /** Trained values without the head. */
  public long trainableParameters() {
    return root.trainableValues() - headParameters();
  }

  /** Values of the head. */
  public long headParameters() {
    return root.part("head").values();
  }

  /** All values: backbone, method and head. */
  public long totalParameters() {
    return root.values() + (readsOnly() ? backbone.values() : 0);
  }

  /** Bytes that leave the backbone for one image, as float32; 0 for a method that changes it. */
  public long transferBytesPerImage() {
    return Tap.transferBytes(taps, backbone.config());
  }

  /** Frees the backbone once its taps are cached; what represents tokens stays. */
  public void releaseBlocks() {
    backbone.part("patch_embed").release();
    backbone.part("blocks").release();
  }

  /**
   * Folds what was trained into the backbone, which must have its values.
   *
   * @param manager owner of new arrays
   * @return the backbone, now a plain one
   * @throws WrongInputException if the method computes what a plain backbone cannot
   */
  public VisionTransformer merged(NDManager manager) {
    if (readsOnly()) {
      if (root.part("side").values() > 0) {
        throw new WrongInputException(
            "a side network runs beside the backbone and cannot be merged into it");
      }
      return backbone;
    }
    backbone.merge(manager);
    Set<String> left = new TreeSet<>(backbone.namedParameters().keySet());
    left.removeAll(backbone.config().tensorShapes().keySet());
    if (!left.isEmpty()) {
      throw new WrongInputException(
          "the method cannot be merged: a plain backbone has no " + left.iterator().next());
    }
    return backbone;
  }

  /** Images (B, 3, S, S) to inputs, in the caller's scope; never part of a graph. */
  public NDList inputs(NDArray images) {
    return readsOnly() ? backbone.taps(images, taps) : new NDList(images);
  }

  /** Inputs to logits (B, K), in the caller's scope. */
  public NDArray logits(NDList inputs, boolean training) {
    return root.forward(inputs, training);
  }

  /** A representation's source and the linear head on it. */
  private static final class Head extends Part {

    private final String source;

    Head(String source, Part body, long width, int classes) {
      this.source = source;
      add(source, body);
      add("head", new Linear(width, classes, Init.TRUNCATED_NORMAL));
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      return forward(new NDList(x), training);
    }

    NDArray forward(NDList inputs, boolean training) {
      return scoped(
          () -> {
            NDArray representation =
                part(source) instanceof SideNetwork side
                    ? side.forward(inputs, training)
                    : part(source).forward(inputs.singletonOrThrow(), training);
            return part("head").forward(representation, training);
          });
    }
  }
}
