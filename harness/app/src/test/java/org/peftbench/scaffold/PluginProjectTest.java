package org.peftbench.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginProjectTest {

  private static final String ON_PATH = "export PATH=/where/bench/is:\"$PATH\"";

  @TempDir Path folder;

  @Test
  void everyPlaceIsFilledAndEveryFileIsThere() throws IOException {
    PluginProject.named("my-adapter2").write(folder.resolve("made"), ON_PATH);
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder.resolve("made"))) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    assertEquals(13, files.size(), files.toString());
    for (Path file : files) {
      if (!file.toString().endsWith(".jar")) {
        String text = Files.readString(file);
        assertFalse(text.contains("{{") || text.contains("${bench"), file + ": " + text);
      }
    }
    Path method =
        folder.resolve("made/src/main/java/org/example/my_adapter2/MyAdapter2Method.java");
    assertTrue(Files.readString(method).contains("return \"my-adapter2\";"));
    assertTrue(Files.readString(folder.resolve("made/README.md")).contains("\n" + ON_PATH + "\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "My", "my_adapter", "../x", "-a", "a--b", "a b"})
  void otherIdsThanKebabCaseAreRefused(String id) {
    assertRefused(() -> PluginProject.named(id), "cannot be a method's id", "my-adapter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "org.class.x", "org..x", "1org", "org/x", "org.a$b", "org.exämple", "java.x"})
  void whatIsNoPackageIsRefused(String name) {
    assertRefused(() -> new PluginProject("mine", name), "cannot be a Java package");
  }

  @ParameterizedTest
  @ValueSource(strings = {"peft", "backbone"})
  void idsWhoseClassWouldHideOneOfTheSpiAreRefused(String id) {
    assertRefused(() -> PluginProject.named(id), "cannot be the id of a new method", id);
  }

  /** Maven keeps jars by version alone: other jars under a version it knows would not be read. */
  @Test
  void theVersionOfTheHarnessIsAHashOfItsJars() throws IOException {
    PluginProject.named("one").write(folder.resolve("one"), ON_PATH);
    PluginProject.named("two").write(folder.resolve("two"), ON_PATH);
    Path place = Path.of("repository/org/peftbench/bench-testkit");
    String version = onlyName(folder.resolve("one").resolve(place));
    assertTrue(version.matches(".+-[0-9a-f]{12}"), version);
    assertEquals(version, onlyName(folder.resolve("two").resolve(place)));
    String pom = Files.readString(folder.resolve("one/pom.xml"));
    assertTrue(pom.contains("<version>" + version + "</version>"), pom);
  }

  private static String onlyName(Path parent) throws IOException {
    try (Stream<Path> found = Files.list(parent)) {
      List<Path> all = found.toList();
      assertEquals(1, all.size(), all.toString());
      return String.valueOf(all.get(0).getFileName());
    }
  }

  @Test
  void whatIsThereStaysAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "mine");
    assertRefused(() -> PluginProject.named("mine").write(folder, ON_PATH), "is there already");
    assertRefused(() -> PluginProject.named("mine").write(file, ON_PATH), "is there already");
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void anEmptyFolderWillDo() throws IOException {
    PluginProject.named("mine").write(Files.createDirectory(folder.resolve("empty")), ON_PATH);
    assertTrue(Files.exists(folder.resolve("empty/pom.xml")));
  }
}
