package org.peftbench.scaffold;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.peftbench.WrongInputException;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.PeftMethod;

/**
 * A project with a method that works, to be made into another one: it builds and passes its test as
 * it is, wherever there are a JDK and Maven.
 *
 * @param id of the method, and name of the project
 * @param packageName of its classes
 */
public record PluginProject(String id, String packageName) {

  /** Narrower than Java's own: it is the project's group as well, and Maven knows ASCII alone. */
  private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*");

  /** Names that the template's classes import. */
  private static final Set<String> TAKEN =
      Set.of(PeftMethod.class.getSimpleName(), BackboneMethod.class.getSimpleName());

  private static final int LONGEST_ID = 60;

  /**
   * Checks both names.
   *
   * @throws WrongInputException if one cannot be
   */
  public PluginProject {
    if (!PeftMethod.isName(id) || id.length() > LONGEST_ID) {
      throw new WrongInputException(
          "'%s' cannot be a method's id: lower-case words joined by hyphens are, such as my-adapter"
              .formatted(id));
    }
    if (TAKEN.contains(camelCase(id) + "Method")) {
      throw new WrongInputException(
          "'%s' cannot be the id of a new method: its class would be called %sMethod, as one of the SPI"
              .formatted(id, camelCase(id)));
    }
    if (!PACKAGE.matcher(packageName).matches()
        || !SourceVersion.isName(packageName)
        || packageName.startsWith("java.")) {
      throw new WrongInputException(
          "'%s' cannot be a Java package; --package org.example.adapter can"
              .formatted(packageName));
    }
  }

  /** The project of a method, in a package below {@code org.example} that has its name. */
  public static PluginProject named(String id) {
    return new PluginProject(id, "org.example." + id.replace("-", "_"));
  }

  /**
   * Writes the project, whole or not at all.
   *
   * @param folder to be made; may be there if it is empty
   * @param onPath line for a shell that puts {@code bench} on its path
   * @throws WrongInputException if there is something in it, or it cannot be written
   */
  public void write(Path folder, String onPath) {
    boolean there = Files.exists(folder);
    try {
      if (there && !isEmpty(folder)) {
        throw new WrongInputException(folder + " is there already, and is not an empty folder");
      }
      try {
        writeFiles(folder, onPath);
      } catch (IOException | RuntimeException e) {
        delete(folder, there);
        throw e;
      }
    } catch (IOException e) {
      throw new WrongInputException(folder + " cannot be written: " + e, e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  private void writeFiles(Path folder, String onPath) throws IOException {
    Map<String, String> values = values();
    values.put("on-path", onPath);
    HarnessRepository repository = HarnessRepository.of(values);
    repository.write(folder.resolve("repository"));
    values.put("library", repository.version());
    String name = value(values, "Name");
    String directory = packageName.replace('.', '/');
    Path main = folder.resolve("src/main/java").resolve(directory);
    fill("project/pom.xml", values, folder.resolve("pom.xml"));
    fill("project/README.md", values, folder.resolve("README.md"));
    fill("project/gitignore", values, folder.resolve(".gitignore"));
    fill("project/java/package-info.java", values, main.resolve("package-info.java"));
    for (String part : List.of("Config", "Layer", "Method")) {
      fill("project/java/" + part + ".java", values, main.resolve(name + part + ".java"));
    }
    fill(
        "project/java/MethodTest.java",
        values,
        folder.resolve("src/test/java").resolve(directory).resolve(name + "MethodTest.java"));
    put(
        folder.resolve("src/main/resources/META-INF/services/" + PeftMethod.class.getName()),
        packageName + "." + name + "Method\n");
  }

  private Map<String, String> values() {
    Properties versions = new Properties();
    try (InputStream in =
        Objects.requireNonNull(PluginProject.class.getResourceAsStream("versions.properties"))) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("versions.properties", e);
    }
    Map<String, String> values = new HashMap<>();
    versions.stringPropertyNames().forEach(key -> values.put(key, versions.getProperty(key)));
    values.put("id", id);
    values.put("package", packageName);
    values.put("Name", camelCase(id));
    values.put("spi-version", Integer.toString(PeftMethod.SPI_VERSION));
    return values;
  }

  private static String camelCase(String id) {
    return Arrays.stream(id.split("-", -1))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  private static String value(Map<String, String> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static void fill(String template, Map<String, String> values, Path to)
      throws IOException {
    put(to, Template.fill(template, values));
  }

  private static void put(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }

  private static void delete(Path folder, boolean keepFolder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!(keepFolder && path.equals(folder))) {
          Files.delete(path);
        }
      }
    }
  }
}
