package org.peftbench.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what a missing file's name nearly is. Lists are copied between systems that see no
 * difference in letter case or Unicode form to one that does, and both look right in a message.
 */
final class TwinName {

  /** A folder is not to fill the memory because a name is wrong. */
  private static final int MOST_LOOKED_AT = 1_000_000;

  private TwinName() {}

  /**
   * What to add to a message that something is missing; nothing if nothing is nearly called so.
   *
   * @param folder which is there
   * @param relative what is missing below it
   */
  static String hint(Path folder, Path relative) {
    Path at = folder;
    String difference = "";
    for (Path part : relative) {
      Path next = at.resolve(part);
      if (!Files.exists(next)) {
        Optional<Path> twin = twin(at, part.toString());
        if (twin.isEmpty()) {
          return "";
        }
        next = twin.get();
        difference = difference(part.toString(), name(next));
      }
      at = next;
    }
    return difference.isEmpty() ? "" : "; there is '" + at + "', which differs in " + difference;
  }

  private static Optional<Path> twin(Path folder, String name) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .limit(MOST_LOOKED_AT)
          .filter(child -> folded(name(child)).equals(folded(name)))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // the message is about the file, not about its folder
    }
  }

  private static String difference(String wanted, String found) {
    return composed(wanted).equals(composed(found))
        ? "Unicode form (" + form(found) + ", in the list " + form(wanted) + ")"
        : "letter case";
  }

  private static String form(String name) {
    return Normalizer.isNormalized(name, Normalizer.Form.NFC) ? "NFC" : "NFD";
  }

  private static String folded(String name) {
    return composed(name).toLowerCase(Locale.ROOT);
  }

  private static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
