package org.peftbench.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.peftbench.WrongInputException;
import org.peftbench.file.Sha256;
import org.peftbench.file.WholeFile;

/**
 * The CUDA set that is put together from jars: their libraries in one folder, which has its name
 * only once all of them are in it.
 */
final class MavenSet {

  private static final String BUILD = CudaSet.VERSION + "+maven-cu129";

  private final Maven maven;
  private final List<MavenJar> jars;
  private final Consumer<String> say;

  MavenSet(Maven maven, List<MavenJar> jars, Consumer<String> say) {
    this.maven = maven;
    this.jars = List.copyOf(jars);
    this.say = say;
  }

  /**
   * Fetches and unpacks it; does nothing if that has been done.
   *
   * @param parent of the set's folder
   * @return the folder of its libraries
   * @throws WrongInputException if an artifact cannot be had, or is not the one that is known
   */
  Path fetch(Path parent) throws IOException, InterruptedException {
    Path folder = parent.resolve("maven");
    if (Files.exists(folder)) {
      say.accept(folder + " is there already");
      return folder;
    }
    Path work = Files.createTempDirectory(Files.createDirectories(parent), ".maven");
    try {
      List<Path> files = maven.fetch(jars, work);
      Path libraries = Files.createDirectory(work.resolve("lib"));
      for (int i = 0; i < files.size(); i++) {
        unpack(jars.get(i), files.get(i), libraries);
      }
      Files.writeString(libraries.resolve("build-version"), BUILD + "\n");
      WholeFile.publish(libraries, folder);
      return folder;
    } finally {
      delete(work);
    }
  }

  private void unpack(MavenJar jar, Path file, Path folder) throws IOException {
    say.accept("  unpacking " + jar.libraries().size() + " libraries of " + jar.file());
    String found = Sha256.of(file);
    if (!found.equals(jar.sha256())) {
      throw new WrongInputException(
          "%s has the SHA-256 %s, expected %s; delete it to have it fetched anew"
              .formatted(file, found, jar.sha256()));
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Map<String, ZipEntry> entries = new HashMap<>();
      zip.stream().forEach(entry -> entries.put(base(entry.getName()), entry));
      for (String library : jar.libraries()) {
        ZipEntry entry = entries.get(library);
        if (entry == null) {
          throw new WrongInputException(file + " lacks " + library);
        }
        copy(zip, entry, folder.resolve(library));
      }
    }
  }

  private static String base(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  // A zip file's entries are not checked by those who read them.
  private static void copy(ZipFile zip, ZipEntry entry, Path to) throws IOException {
    try (InputStream in = zip.getInputStream(entry);
        CheckedInputStream checked = new CheckedInputStream(in, new CRC32())) {
      long bytes = Files.copy(checked, to);
      if (bytes != entry.getSize() || checked.getChecksum().getValue() != entry.getCrc()) {
        throw new WrongInputException(
            zip.getName() + ": " + entry.getName() + " is damaged; delete the file");
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
