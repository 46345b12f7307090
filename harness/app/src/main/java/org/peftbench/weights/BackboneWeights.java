package org.peftbench.weights;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.model.ViTConfig;

/**
 * A vision transformer's weights in any known layout, handed out in timm's.
 *
 * <p>Not safe for use by several threads.
 */
public final class BackboneWeights implements AutoCloseable {

  private static final String POSITIONS = "pos_embed";

  private final NamedTensors tensors;
  private final Optional<ConfigFile> given;

  private BackboneWeights(NamedTensors tensors, Optional<ConfigFile> given) {
    this.tensors = tensors;
    this.given = given;
  }

  /**
   * Opens a weight file, whose sizes follow from its shapes.
   *
   * @throws WrongInputException if it cannot be read or no layout fits
   */
  public static BackboneWeights open(Path file) {
    return open(file, Optional.empty());
  }

  /**
   * Opens a weight file with a config file that has the keys {@code image_size}, {@code
   * patch_size}, {@code channels}, {@code dim}, {@code depth}, {@code heads}, {@code mlp_dim} and,
   * if wanted, {@code num_classes} and {@code layer_norm_eps}.
   *
   * @throws WrongInputException if either cannot be read, no layout fits, or they contradict
   */
  public static BackboneWeights open(Path file, Path configJson) {
    ConfigFile config = ConfigFile.read(configJson);
    BackboneWeights weights = open(file, Optional.of(config));
    try {
      weights.check(config.config());
      weights.checkClasses(config);
      return weights;
    } catch (WrongInputException e) {
      weights.close();
      throw e;
    }
  }

  private static BackboneWeights open(Path file, Optional<ConfigFile> given) {
    TensorFile opened = TensorFile.open(file);
    try {
      return new BackboneWeights(NamedTensors.of(opened), given);
    } catch (WrongInputException e) {
      opened.close();
      throw e;
    }
  }

  /** The file. */
  public Path path() {
    return tensors.file().path();
  }

  /** The layout recognised. */
  public Layout layout() {
    return tensors.layout();
  }

  /**
   * The transformer's sizes: those of the config file, else those the shapes show.
   *
   * @throws WrongInputException if the shapes do not show them
   */
  public ViTConfig config() {
    return given.map(ConfigFile::config).orElseGet(() -> Derivation.of(tensors));
  }

  /**
   * Checks every tensor's name and shape; the image size may differ.
   *
   * @throws WrongInputException that lists missing, unexpected and misshaped tensors
   */
  public void check(ViTConfig wanted) {
    new WeightCheck(tensors, wanted).run();
  }

  /**
   * Reads a tensor as {@link ViTConfig#tensorShapes()} names and shapes it. Position embeddings are
   * resampled to the wanted grid if the file's is another.
   *
   * @throws WrongInputException if it is missing, misshaped, or holds a value that is not finite
   */
  public float[] read(String timmName, ViTConfig wanted) {
    List<Long> timmShape = wanted.tensorShapes().get(timmName);
    if (timmShape == null) {
      throw new IllegalArgumentException("a vision transformer has no tensor '" + timmName + "'");
    }
    if (timmName.equals(POSITIONS)) {
      return readPositions(wanted);
    }
    return assemble(layout().rule(timmName), Sizes.of(wanted), timmShape);
  }

  /**
   * Reads the same into a buffer; what lies in the file as it is wanted never lies in Java's heap.
   *
   * @param target with room for the values and no more
   * @throws WrongInputException if it is missing, misshaped, or holds a value that is not finite
   */
  public void read(String timmName, ViTConfig wanted, FloatBuffer target) {
    Rule rule = layout().rule(timmName);
    if (timmName.equals(POSITIONS) || rule.transform() != Transform.AS_IS) {
      target.put(read(timmName, wanted));
      return;
    }
    int share = target.remaining() / rule.sources().size();
    for (String source : rule.sources()) {
      WeightCheck.requireShape(tensors, source, Sizes.of(wanted).shape(rule.letters()));
      tensors.read(source, target.slice(target.position(), share));
      target.position(target.position() + share);
    }
  }

  /** Whether the values are random, written to measure costs with. */
  public boolean costsOnly() {
    return RandomWeights.wrote(tensors.file());
  }

  /** What a reader of results should know of the file. */
  public List<String> notes() {
    long left = tensors.stored().keySet().stream().filter(Extras::isOfDecoder).count();
    return left == 0
        ? List.of()
        : List.of("%s: %d tensors of a decoder are left out".formatted(path().getFileName(), left));
  }

  /** How many bytes a tensor takes in the file, by timm's name; 0 if it is not there. */
  public long bytes(String timmName) {
    return layout().rule(timmName).sources().stream()
        .flatMap(source -> tensors.info(source).stream())
        .mapToLong(TensorInfo::byteCount)
        .sum();
  }

  /**
   * The linear classifier on the final class token; empty if the file has none, or has a hidden
   * layer before it (the original IN-21k npz files).
   */
  public Optional<Head> head() {
    Optional<TensorInfo> bias = tensors.info(headSource("head.bias"));
    boolean hidden = tensors.stored().keySet().stream().anyMatch(n -> n.startsWith("pre_logits"));
    if (bias.isEmpty() || hidden || tensors.info(headSource("head.weight")).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Head(this, (int) Math.min(bias.get().count(), Integer.MAX_VALUE)));
  }

  float[] readHead(String timmName, int classes) {
    long width =
        tensors.info(layout().rule("cls_token").sources().get(0)).orElseThrow().shape().get(2);
    Sizes sizes = new Sizes();
    sizes.learn(List.of("K", "D"), List.of((long) classes, width));
    return assemble(layout().rule(timmName), sizes, List.of((long) classes, width));
  }

  private String headSource(String timmName) {
    return layout().rule(timmName).sources().get(0);
  }

  private void checkClasses(ConfigFile config) {
    Optional<Head> head = head();
    if (head.isPresent()
        && config.classes().isPresent()
        && head.get().classes() != config.classes().getAsInt()) {
      throw new WrongInputException(
          "%s: the head has %s classes, the config file says %s"
              .formatted(path(), head.get().classes(), config.classes().getAsInt()));
    }
  }

  private float[] assemble(Rule rule, Sizes sizes, List<Long> timmShape) {
    float[] result = new float[0];
    for (String source : rule.sources()) {
      WeightCheck.requireShape(tensors, source, sizes.shape(rule.letters()));
      float[] part = rule.transform().apply(tensors.read(source), timmShape);
      result = rule.sources().size() == 1 ? part : join(result, part);
    }
    return result;
  }

  private static float[] join(float[] first, float[] second) {
    float[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private float[] readPositions(ViTConfig wanted) {
    String source = layout().rule(POSITIONS).sources().get(0);
    long positions = WeightCheck.requirePositions(tensors, source, wanted.width());
    int side = Grid.side(positions).orElseThrow();
    float[] stored = tensors.read(source);
    float[] tokens =
        Grid.withClassToken(positions)
            ? stored
            : PositionEmbedding.withClassToken(stored, wanted.width());
    return side == wanted.grid() ? tokens : PositionEmbedding.resample(tokens, side, wanted.grid());
  }

  @Override
  public void close() {
    tensors.file().close();
  }
}
