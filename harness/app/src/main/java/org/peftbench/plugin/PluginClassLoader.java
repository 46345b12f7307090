package org.peftbench.plugin;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads one jar apart from all else: it shares the JDK, the SPI, the model and its layers, DJL and
 * logging, and sees neither this program's own classes and libraries nor another jar's.
 */
final class PluginClassLoader extends URLClassLoader {

  private static final List<String> SHARED =
      List.of(
          "org.peftbench.spi.",
          "org.peftbench.model.",
          "org.peftbench.layers.",
          "ai.djl.",
          "org.slf4j.");

  /** What the names of all such loaders begin with. */
  private static final String NAME = "plugin ";

  PluginClassLoader(Path jar) throws MalformedURLException {
    super(NAME + jar.getFileName(), new URL[] {jar.toUri().toURL()}, new Shared());
  }

  /** Whether a jar's code was at work when something was thrown. */
  static boolean threw(Throwable thrown) {
    return Stream.of(thrown.getStackTrace())
        .map(StackTraceElement::getClassLoaderName)
        .anyMatch(loader -> loader != null && loader.startsWith(NAME));
  }

  /** What a jar shares; of resources only the JDK's, so that it finds its own services alone. */
  private static final class Shared extends ClassLoader {

    private final ClassLoader program = PluginClassLoader.class.getClassLoader();

    Shared() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (SHARED.stream().anyMatch(name::startsWith)) {
        return program.loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
