package org.peftbench.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

  @TempDir private Path folder;

  /** Another process: writes a file, or fills a folder, and waits half-way. */
  static final class Writer {

    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      if (arguments[1].equals("folder")) {
        OwnFolder own = OwnFolder.create(folder, "filling");
        Files.writeString(own.path().resolve("tap"), "half");
        waitForTheEnd();
        own.close();
      } else {
        WholeFile.write(
            folder.resolve("cell.json"),
            out -> {
              out.write("half".getBytes(UTF_8));
              waitForTheEnd();
            });
      }
    }

    private static void waitForTheEnd() throws IOException {
      System.out.println("half-way");
      int unused = System.in.read();
    }
  }

  @Test
  void aFileThatALivingProcessWritesStaysAndThatOfAKilledOneGoes() throws Exception {
    Process writer = start("file");
    List<String> begun = names();
    assertEquals(1, begun.size(), begun.toString());
    Leftovers.clear(folder);
    assertEquals(begun, names(), "its writer lives");
    writer.destroyForcibly().waitFor();
    Leftovers.clear(folder);
    assertEquals(List.of(), names());
  }

  @Test
  void writingAFileClearsWhatAKilledWriterOfItLeft() throws Exception {
    start("file").destroyForcibly().waitFor();
    assertEquals(1, names().size());
    WholeFile.write(folder.resolve("cell.json"), out -> out.write(1));
    assertEquals(List.of("cell.json"), names());
  }

  @Test
  void aFolderThatALivingProcessFillsStaysAndThatOfAKilledOneGoes() throws Exception {
    Process writer = start("folder");
    List<String> begun = names();
    assertEquals(1, begun.size(), begun.toString());
    OwnFolder.create(folder, "filling").close();
    assertEquals(begun, names(), "its writer lives");
    writer.destroyForcibly().waitFor();
    OwnFolder.create(folder, "filling").close();
    assertEquals(List.of(), names());
  }

  @Test
  void whatThisProcessItselfWritesStays() throws IOException {
    try (OwnFolder own = OwnFolder.create(folder, "filling")) {
      WholeFile.write(
          folder.resolve("cell.json"),
          out -> {
            List<String> begun = names();
            Leftovers.clear(folder);
            OwnFolder.create(folder, "filling").close();
            assertEquals(begun, names());
          });
      String name = own.path().getFileName().toString();
      assertEquals(List.of("cell.json", name), names());
    }
    assertEquals(List.of("cell.json"), names());
  }

  @Test
  void whatEarlierVersionsLeftGoesAndWhatIsNotOursStays() throws IOException {
    List<String> theirs =
        List.of(".cell.json", ".notes.2024", ".x.tmp", "cell.json.12", "filling", "x.12-1.tmp");
    for (String name : theirs) {
      Files.writeString(folder.resolve(name), "theirs");
    }
    Path link = folder.resolve(".link.json.12-3.tmp");
    Files.createSymbolicLink(link, folder.resolve("filling"));
    for (String name : List.of(".cell.json.12", ".writable.12", ".model.safetensors.12-3.tmp")) {
      Files.writeString(folder.resolve(name), "left");
    }
    Leftovers.clear(folder);
    Files.delete(link);
    assertEquals(theirs, names());
  }

  @Test
  void aFolderOfSuchANameWithoutALockIsSomebodyElses() throws IOException {
    List<String> theirs =
        List.of("peft-bench-12", "peft-bench-filling-12", "peft-bench-filling-12-mine");
    for (String name : theirs) {
      Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("file"), "theirs");
    }
    Path link = folder.resolve("peft-bench-filling-13");
    Files.createSymbolicLink(link, Files.createDirectory(folder.resolve("linked")));
    Files.createDirectory(folder.resolve("peft-bench-filling-14"));
    Leftovers.clearFolders(folder);
    Files.delete(link);
    Files.delete(folder.resolve("linked"));
    assertEquals(theirs, names());
  }

  @Test
  void aFolderThatGetsItsNameIsNobodysOwn() throws IOException {
    try (OwnFolder own = OwnFolder.create(folder, "filling")) {
      Files.writeString(own.path().resolve("tap"), "whole");
      own.publish(folder.resolve("features"));
    }
    assertEquals(List.of("features"), names());
    try (Stream<Path> files = Files.list(folder.resolve("features"))) {
      assertEquals(List.of(folder.resolve("features/tap")), files.toList());
    }
  }

  private Process start(String what) throws IOException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString(),
                what)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = writer.inputReader();
    assertEquals("half-way", out.readLine());
    return writer;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
