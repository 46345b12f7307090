package org.peftbench.weights;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.peftbench.WrongInputException;
import org.peftbench.file.Sha256;

/** Weights as they lie on a disk: one file, or several that an index lists. */
public final class WeightFiles {

  /** What a snapshot of Hugging Face's hub calls its weights, the whole before its parts. */
  private static final List<String> IN_SNAPSHOTS =
      List.of("model.safetensors", "model" + ShardIndex.SUFFIX);

  private static final Pattern PART = Pattern.compile("(.+)-\\d{5}-of-(\\d{5})\\.safetensors");

  private WeightFiles() {}

  /**
   * The file to open.
   *
   * @param given a weight file, the index of one in parts, or the folder of a snapshot
   * @throws WrongInputException if there is none
   */
  public static Path find(Path given) {
    if (!Files.isDirectory(given)) {
      if (!Files.isRegularFile(given)) {
        throw new WrongInputException("there is no weight file " + given);
      }
      requireWhole(given);
      return given;
    }
    return IN_SNAPSHOTS.stream()
        .map(given::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new WrongInputException(
                    "%s: a folder without weights; expected %s in it"
                        .formatted(given, String.join(" or ", IN_SNAPSHOTS))));
  }

  private static void requireWhole(Path file) {
    Matcher part = PART.matcher(String.valueOf(file.getFileName()));
    if (part.matches() && Integer.parseInt(part.group(2)) > 1) {
      throw new WrongInputException(
          "%s: one of %d parts; give %s, which lists them, or the folder"
              .formatted(file, Integer.parseInt(part.group(2)), part.group(1) + ShardIndex.SUFFIX));
    }
  }

  /**
   * The hash of weights: of one file its own; of several that of the text that {@code sha256sum}
   * prints of them, in the order of their names.
   *
   * @param file as {@link #find} gives it
   * @throws WrongInputException if it cannot be read
   */
  public static String sha256(Path file) {
    if (!ShardIndex.isOne(file)) {
      return Sha256.of(file);
    }
    return Sha256.of(
        ShardIndex.read(file).shards().stream()
            .map(shard -> Sha256.of(file.resolveSibling(shard)) + "  " + shard + "\n")
            .collect(Collectors.joining())
            .getBytes(UTF_8));
  }
}
