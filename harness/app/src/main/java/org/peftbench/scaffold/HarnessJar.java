package org.peftbench.scaffold;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** One of this program's own modules, which a project builds against. */
final class HarnessJar {

  /** The same classes make the same bytes, whenever they were compiled. */
  private static final LocalDateTime ALWAYS = LocalDateTime.of(2000, 1, 1, 0, 0);

  private HarnessJar() {}

  /**
   * The module that a class is of: its jar or, where it is run from a build's folder of classes, a
   * jar of that.
   */
  static byte[] of(Class<?> one) throws IOException {
    Path from = location(one);
    if (!Files.isDirectory(from)) {
      return Files.readAllBytes(from);
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(from)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      for (Path file : files) {
        ZipEntry entry = new ZipEntry(from.relativize(file).toString());
        entry.setTimeLocal(ALWAYS);
        jar.putNextEntry(entry);
        Files.copy(file, jar);
        jar.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static Path location(Class<?> of) {
    try {
      return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(of + " is from nowhere", e);
    }
  }
}
