package org.peftbench.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.file.Sha256;
import org.peftbench.spi.PeftMethod;

/**
 * Somebody's jar of methods. Nothing here runs its code.
 *
 * @param path where it is
 * @param sha256 of its bytes, in hex
 */
public record PluginJar(String path, String sha256) {

  /** The manifest's attribute for the version of the SPI that a jar was built for. */
  static final String SPI_VERSION = "Bench-Spi-Version";

  private static final String SERVICES = "META-INF/services/" + PeftMethod.class.getName();
  private static final String INDEX = "META-INF/INDEX.LIST";
  private static final long MOST_BYTES = 1L << 30;

  /**
   * The jars of a folder, by name.
   *
   * @throws WrongInputException if there is no such folder
   */
  public static List<Path> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new WrongInputException("--plugins " + folder + " is not a folder that can be read", e);
    }
  }

  /**
   * Looks at a jar.
   *
   * @throws UnusableJarException if it is not a jar of methods, or built for another SPI
   */
  public static PluginJar read(Path path) throws UnusableJarException {
    if (!Files.isRegularFile(path)) { // a pipe would never end
      throw new UnusableJarException(path + " cannot be read as a jar: it is no regular file");
    }
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new UnusableJarException(path + " is larger than " + MOST_BYTES + " bytes");
      }
      try (JarFile jar = new JarFile(path.toFile())) {
        requireSpi(path, jar.getManifest());
        requireWhole(path, jar);
        if (jar.getEntry(SERVICES) == null) {
          throw new UnusableJarException(path + " has no " + SERVICES + ": it provides no method");
        }
      }
      return new PluginJar(path.toAbsolutePath().toString(), Sha256.of(path));
    } catch (IOException | SecurityException e) {
      throw new UnusableJarException(path + " cannot be read as a jar: " + e.getMessage(), e);
    }
  }

  private static void requireSpi(Path path, @Nullable Manifest manifest)
      throws UnusableJarException {
    String version = attribute(manifest, SPI_VERSION);
    String present = Integer.toString(PeftMethod.SPI_VERSION);
    if (version != null && !version.equals(present)) {
      throw new UnusableJarException(
          path + " is built for version " + version + " of the SPI; this is version " + present);
    }
  }

  /** The jar's hash is that of its code, so that it must not have code elsewhere. */
  private static void requireWhole(Path path, JarFile jar)
      throws IOException, UnusableJarException {
    String classPath = Attributes.Name.CLASS_PATH.toString();
    boolean named = attribute(jar.getManifest(), classPath) != null;
    if (named || jar.getEntry(INDEX) != null) {
      throw new UnusableJarException(
          "%s names other jars in its %s; put their classes into it instead"
              .formatted(path, named ? "manifest's " + classPath : INDEX));
    }
  }

  private static @Nullable String attribute(@Nullable Manifest manifest, String name) {
    return manifest == null ? null : manifest.getMainAttributes().getValue(name);
  }

  /** Whether a jar's code was at work when something was thrown: then it is the jar's fault. */
  public static boolean threw(Throwable thrown) {
    return PluginClassLoader.threw(thrown);
  }

  /** Its name, without its folder. */
  public String fileName() {
    return String.valueOf(Path.of(path).getFileName());
  }

  /**
   * A loader of its classes.
   *
   * @throws WrongInputException if it is not the file that it was
   */
  public ClassLoader loader() {
    try {
      if (!Sha256.of(Path.of(path)).equals(sha256)) {
        throw new WrongInputException(path + " has changed since the run was planned");
      }
      return new PluginClassLoader(Path.of(path));
    } catch (IOException e) {
      throw new WrongInputException(path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
