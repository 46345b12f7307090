package org.peftbench.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes of a plain vision transformer.
 *
 * @param imageSize side of the square input, in pixels; a multiple of {@code patchSize}, at most
 *     {@link #LARGEST_GRID} times
 * @param patchSize side of a square patch, in pixels
 * @param channels colour channels of the input
 * @param width D, the length of a token
 * @param depth number of blocks
 * @param heads attention heads; divides {@code width}
 * @param mlpWidth hidden width of each block's MLP
 * @param layerNormEps the epsilon of every LayerNorm
 * @param pooling how the final tokens become one representation
 * @param frames T, images of a clip, which it sees one by one: a batch of B clips is (B T, 3, S,
 *     S), frame after frame and clip after clip; 1 for images
 */
public record ViTConfig(
    int imageSize,
    int patchSize,
    int channels,
    int width,
    int depth,
    int heads,
    int mlpWidth,
    double layerNormEps,
    Pooling pooling,
    int frames) {

  /** A transformer that sees images. */
  public ViTConfig(
      int imageSize,
      int patchSize,
      int channels,
      int width,
      int depth,
      int heads,
      int mlpWidth,
      double layerNormEps,
      Pooling pooling) {
    this(imageSize, patchSize, channels, width, depth, heads, mlpWidth, layerNormEps, pooling, 1);
  }

  /** How the normalised final tokens (B, N, D) become a representation (B, D). */
  public enum Pooling {
    /** The class token. */
    CLS,
    /** The mean of the patch tokens, without the class token. */
    MEAN;

    /**
     * The pooling called {@code cls} or {@code mean}.
     *
     * @throws IllegalArgumentException for any other word
     */
    public static Pooling named(String word) {
      for (Pooling pooling : values()) {
        if (pooling.toString().equals(word)) {
          return pooling;
        }
      }
      throw new IllegalArgumentException("unknown pooling '" + word + "'; known: cls, mean");
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** timm's default for vision transformers. */
  public static final double LAYER_NORM_EPS = 1e-6;

  /**
   * Patches along one side of an image, at most: attention over their square is beyond a machine.
   */
  public static final int LARGEST_GRID = 256;

  private static final int DEEPEST = 1_000;

  private record Size(int width, int depth, int heads, int mlpWidth) {}

  // Ti, S, B, L, H: Dosovitskiy et al. 2021 and Touvron et al. 2021; g, G, e: big_vision's
  // decode_variant (Zhai et al. 2022, Chen et al. 2022).
  private static final Map<String, Size> SIZES =
      Map.of(
          "ti", new Size(192, 12, 3, 768),
          "s", new Size(384, 12, 6, 1536),
          "b", new Size(768, 12, 12, 3072),
          "l", new Size(1024, 24, 16, 4096),
          "h", new Size(1280, 32, 16, 5120),
          "g", new Size(1408, 40, 16, 6144),
          "G", new Size(1664, 48, 16, 8192),
          "e", new Size(1792, 56, 16, 15360));

  /** The backbone that comes with the harness: 64 pixels, patches of 8. */
  public static final String POCKET = "vit-pocket";

  private static final Pattern NAME = Pattern.compile("vit-(ti|s|b|l|h|g|G|e)([1-9]\\d?)");

  /** Checks that the sizes fit together. */
  public ViTConfig {
    requirePositive("image size", imageSize);
    requirePositive("patch size", patchSize);
    requirePositive("channels", channels);
    requirePositive("width", width);
    requirePositive("depth", depth);
    requirePositive("heads", heads);
    requirePositive("MLP width", mlpWidth);
    requirePositive("frames", frames);
    if (imageSize % patchSize != 0) {
      throw new IllegalArgumentException(
          "image size " + imageSize + " is not a multiple of the patch size " + patchSize);
    }
    if (imageSize / patchSize > LARGEST_GRID) {
      throw new IllegalArgumentException(
          "image size %d is %d patches along a side; at most %d, which are %d pixels"
              .formatted(
                  imageSize, imageSize / patchSize, LARGEST_GRID, (long) LARGEST_GRID * patchSize));
    }
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("depth " + depth + " is above " + DEEPEST);
    }
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "width " + width + " cannot be split over " + heads + " heads");
    }
    if (!(layerNormEps > 0)) {
      throw new IllegalArgumentException("LayerNorm epsilon " + layerNormEps + " is not positive");
    }
  }

  /**
   * Finds a size by name: {@code vit-b16} is ViT-B with patches of 16 pixels, at 224 pixels.
   *
   * @throws IllegalArgumentException if the name is not one of the known sizes and a patch size
   *     that divides 224
   */
  public static ViTConfig named(String name) {
    if (name.equals(POCKET)) {
      return new ViTConfig(64, 8, 3, 128, 6, 4, 512, LAYER_NORM_EPS, Pooling.CLS);
    }
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "unknown backbone '" + name + "'; known: " + String.join(", ", names()));
    }
    Size size = SIZES.get(matcher.group(1));
    int patch = Integer.parseInt(matcher.group(2));
    if (size == null || 224 % patch != 0) {
      throw new IllegalArgumentException(
          "unknown backbone '"
              + name
              + "': patches of "
              + patch
              + " pixels do not tile 224 pixels");
    }
    return new ViTConfig(
        224,
        patch,
        3,
        size.width,
        size.depth,
        size.heads,
        size.mlpWidth,
        LAYER_NORM_EPS,
        Pooling.CLS);
  }

  /** The usual names, smallest first; other patch sizes that divide 224 are understood too. */
  public static List<String> names() {
    return List.of(
        POCKET,
        "vit-ti16",
        "vit-s16",
        "vit-b32",
        "vit-b16",
        "vit-l16",
        "vit-h14",
        "vit-g14",
        "vit-G14",
        "vit-e14");
  }

  /** The same transformer for another image size. */
  public ViTConfig withImageSize(int pixels) {
    return new ViTConfig(
        pixels, patchSize, channels, width, depth, heads, mlpWidth, layerNormEps, pooling, frames);
  }

  /** The same transformer with another number of blocks. */
  public ViTConfig withDepth(int blocks) {
    return new ViTConfig(
        imageSize,
        patchSize,
        channels,
        width,
        blocks,
        heads,
        mlpWidth,
        layerNormEps,
        pooling,
        frames);
  }

  /** The same transformer with another pooling. */
  public ViTConfig withPooling(Pooling other) {
    return new ViTConfig(
        imageSize, patchSize, channels, width, depth, heads, mlpWidth, layerNormEps, other, frames);
  }

  /** The same transformer for clips of so many frames. */
  public ViTConfig withFrames(int count) {
    return new ViTConfig(
        imageSize,
        patchSize,
        channels,
        width,
        depth,
        heads,
        mlpWidth,
        layerNormEps,
        pooling,
        count);
  }

  /** Patches along one side of the image. */
  public int grid() {
    return imageSize / patchSize;
  }

  /** N: all patches and the class token. */
  public int tokens() {
    return grid() * grid() + 1;
  }

  /**
   * Every tensor of the transformer under timm's name, with its shape; the classification head is
   * not part of it.
   */
  public Map<String, List<Long>> tensorShapes() {
    long d = width;
    long h = mlpWidth;
    Map<String, List<Long>> shapes = new TreeMap<>();
    shapes.put("cls_token", List.of(1L, 1L, d));
    shapes.put("pos_embed", List.of(1L, (long) tokens(), d));
    shapes.put(
        "patch_embed.proj.weight", List.of(d, (long) channels, (long) patchSize, (long) patchSize));
    shapes.put("patch_embed.proj.bias", List.of(d));
    for (int i = 0; i < depth; i++) {
      String block = "blocks." + i + ".";
      shapes.put(block + "norm1.weight", List.of(d));
      shapes.put(block + "norm1.bias", List.of(d));
      shapes.put(block + "attn.qkv.weight", List.of(3 * d, d));
      shapes.put(block + "attn.qkv.bias", List.of(3 * d));
      shapes.put(block + "attn.proj.weight", List.of(d, d));
      shapes.put(block + "attn.proj.bias", List.of(d));
      shapes.put(block + "norm2.weight", List.of(d));
      shapes.put(block + "norm2.bias", List.of(d));
      shapes.put(block + "mlp.fc1.weight", List.of(h, d));
      shapes.put(block + "mlp.fc1.bias", List.of(h));
      shapes.put(block + "mlp.fc2.weight", List.of(d, h));
      shapes.put(block + "mlp.fc2.bias", List.of(d));
    }
    shapes.put("norm.weight", List.of(d));
    shapes.put("norm.bias", List.of(d));
    return shapes;
  }

  /** The most images in a batch: its pixels, or one of its taps, are one buffer of 2 GiB. */
  public int largestBatch() {
    long values = Math.max((long) channels * imageSize * imageSize, (long) tokens() * width);
    return Math.toIntExact(Integer.MAX_VALUE / Float.BYTES / values);
  }

  /** Number of values of all tensors; the classification head is not counted. */
  public long values() {
    return values(name -> true);
  }

  /** Number of values of the weights of products and convolutions alone. */
  public long productValues() {
    return values(name -> name.endsWith("weight") && !name.contains("norm"));
  }

  private long values(Predicate<String> chosen) {
    return tensorShapes().entrySet().stream()
        .filter(tensor -> chosen.test(tensor.getKey()))
        .mapToLong(tensor -> tensor.getValue().stream().reduce(1L, Math::multiplyExact))
        .sum();
  }

  private static void requirePositive(String what, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(what + " " + value + " is not positive");
    }
  }
}
