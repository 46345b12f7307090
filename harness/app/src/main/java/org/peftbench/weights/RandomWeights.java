package org.peftbench.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;
import org.peftbench.model.ViTConfig;

/**
 * Weight files of any size whose values are random: what a backbone costs does not depend on what
 * it has learned. They follow from the tensors' names alone, are spread as a new network's are, and
 * are never all in memory. The file says what it is, and so does every record that used it.
 */
public final class RandomWeights {

  private static final Map<String, String> METADATA = Map.of("peft-bench", "random weights");

  /** Uniform values of a standard deviation of 0.02. */
  private static final float SPREAD = (float) (0.02 * Math.sqrt(3));

  private static final int SHIFT = 8;
  private static final float UNIT = 0x1p-23f;

  private RandomWeights() {}

  /**
   * Writes a file in timm's layout.
   *
   * @param type {@link ElementType#F32} or {@link ElementType#F16}
   * @param written told how many values are written, again and again
   * @throws WrongInputException if the disk has no room, or it cannot be written
   */
  public static void write(Path file, ViTConfig config, ElementType type, LongConsumer written) {
    Map<String, TensorInfo> infos = new LinkedHashMap<>();
    config.tensorShapes().forEach((name, shape) -> infos.put(name, new TensorInfo(type, shape)));
    requireRoom(file, infos.values().stream().mapToLong(TensorInfo::byteCount).sum());
    Map<String, SplittableRandom> generators = new LinkedHashMap<>();
    long[] done = {0};
    try {
      SafetensorsWriter.write(
          file,
          infos,
          METADATA,
          (name, from, piece) -> {
            fill(name, piece, generators);
            done[0] += piece.length;
            written.accept(done[0]);
          });
    } catch (IOException e) {
      throw FileTrouble.wrong(file, "cannot be written", e);
    }
  }

  private static void fill(String name, float[] piece, Map<String, SplittableRandom> generators) {
    if (name.endsWith("bias")) {
      return;
    }
    if (name.contains("norm")) {
      Arrays.fill(piece, 1);
      return;
    }
    SplittableRandom generator =
        generators.computeIfAbsent(name, key -> new SplittableRandom(key.hashCode()));
    for (int i = 0; i < piece.length; i++) {
      piece[i] = SPREAD * ((generator.nextInt() >> SHIFT) * UNIT);
    }
  }

  private static void requireRoom(Path file, long bytes) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < bytes) {
        throw new WrongInputException(
            "%s: needs %d bytes, and its disk has room for %d".formatted(file, bytes, free));
      }
    } catch (IOException e) {
      throw FileTrouble.wrong(file, "cannot be written", e);
    }
  }

  /** Whether a file says that this program wrote it so. */
  static boolean wrote(TensorFile file) {
    return METADATA.entrySet().stream()
        .allMatch(mine -> mine.getValue().equals(file.metadata().get(mine.getKey())));
  }
}
