package org.peftbench.scaffold;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** One of this program's own modules, which a project builds against. */
final class HarnessJar {

  private HarnessJar() {}

  /**
   * Writes the module that a class is of: a copy of its jar or, where it is run from a build's
   * folder of classes, a jar of that.
   */
  static void copy(Class<?> of, Path to) throws IOException {
    Path from = location(of);
    if (!Files.isDirectory(from)) {
      Files.copy(from, to);
      return;
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(from)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream out = Files.newOutputStream(to);
        ZipOutputStream jar = new ZipOutputStream(out)) {
      for (Path file : files) {
        jar.putNextEntry(new ZipEntry(from.relativize(file).toString()));
        Files.copy(file, jar);
        jar.closeEntry();
      }
    }
  }

  private static Path location(Class<?> of) {
    try {
      return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(of + " is from nowhere", e);
    }
  }
}
