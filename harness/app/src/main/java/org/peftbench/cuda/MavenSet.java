package org.peftbench.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.peftbench.WrongInputException;
import org.peftbench.file.FolderLock;
import org.peftbench.file.FolderTree;
import org.peftbench.file.Sha256;
import org.peftbench.file.WholeFile;

/**
 * The CUDA set that is put together from jars: their libraries in one folder, which has its name
 * only once all of them are in it.
 */
final class MavenSet {

  private static final String BUILD = CudaSet.VERSION + "+maven-cu129";

  private static final String BUILD_FILE = "build-version";
  private static final String NAME = "maven";
  private static final String SIZES = "sizes";
  private static final String WORK = ".maven";

  private final Maven maven;
  private final List<MavenJar> jars;
  private final Consumer<String> say;

  MavenSet(Maven maven, List<MavenJar> jars, Consumer<String> say) {
    this.maven = maven;
    this.jars = List.copyOf(jars);
    this.say = say;
  }

  /**
   * Fetches and unpacks it, in place of one that is damaged; does nothing if it is there.
   *
   * @param parent of the set's folder
   * @return the folder of its libraries
   * @throws WrongInputException if an artifact cannot be had, or is not the one that is known
   */
  Path fetch(Path parent) throws IOException, InterruptedException {
    Path folder = parent.resolve(NAME);
    try (FolderLock lock = FolderLock.await(parent, FolderLock.once(this::sayWaiting))) {
      deleteWork(parent); // of an attempt that was killed
      if (isWhole(folder)) {
        say.accept(folder + " is there already");
        return folder;
      }
      try {
        publish(unpackAll(Files.createTempDirectory(parent, WORK)), folder);
        return folder;
      } finally {
        deleteWork(parent);
      }
    }
  }

  private void sayWaiting(String whom) {
    say.accept("waiting for " + whom + ", which fetches the same");
  }

  /** Whether a folder has all libraries, each as long as it was when it was unpacked. */
  boolean isWhole(Path folder) throws IOException {
    Path build = folder.resolve(BUILD_FILE);
    Path sizes = folder.resolve(SIZES);
    if (!Files.isRegularFile(build) || !Files.isRegularFile(sizes)) {
      return false;
    }
    return holds(build, BUILD + "\n") && holds(sizes, sizes(folder));
  }

  private static boolean holds(Path file, String text) throws IOException {
    return Arrays.equals(Files.readAllBytes(file), text.getBytes(StandardCharsets.UTF_8));
  }

  /** A line for each library that is needed: its name and how many bytes it has, 0 if none. */
  private String sizes(Path folder) {
    return jars.stream()
        .flatMap(jar -> jar.libraries().stream())
        .map(library -> library + " " + folder.resolve(library).toFile().length() + "\n")
        .collect(Collectors.joining());
  }

  private Path unpackAll(Path work) throws IOException, InterruptedException {
    List<Path> files = maven.fetch(jars, work);
    Path libraries = Files.createDirectory(work.resolve("lib"));
    for (int i = 0; i < files.size(); i++) {
      unpack(jars.get(i), files.get(i), libraries);
    }
    WholeFile.write(libraries.resolve(SIZES), text(sizes(libraries)));
    WholeFile.write(libraries.resolve(BUILD_FILE), text(BUILD + "\n"));
    return libraries;
  }

  private static WholeFile.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void publish(Path libraries, Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      say.accept(folder + " is damaged, and replaced");
      Files.move(folder, libraries.resolveSibling("damaged"));
    }
    WholeFile.publish(libraries, folder);
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
    try (FileChannel written = FileChannel.open(to, StandardOpenOption.WRITE)) {
      written.force(true); // a folder that has its name is whole also after a crash
    }
  }

  /** What cannot be deleted takes space and is in nobody's way: the next attempt tries again. */
  private void deleteWork(Path parent) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, WORK + "*")) {
      for (Path work : all) {
        FolderTree.delete(work);
      }
    } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
      say.accept("  what an attempt left cannot be deleted: " + e.getMessage());
    }
  }
}
