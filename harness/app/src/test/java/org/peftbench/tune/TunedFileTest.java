package org.peftbench.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunedFileTest {

  private static final TunedFile PROBE = Studies.probe(false);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("tuned/probe.json");
  }

  @Test
  void whatIsWrittenIsReadAndWrittenAgainByteByByte() throws IOException {
    PROBE.write(file);
    byte[] bytes = Files.readAllBytes(file);
    TunedFile read = TunedFile.read(file);
    assertEquals(PROBE, read);
    read.write(file);
    assertArrayEquals(bytes, Files.readAllBytes(file));
    assertEquals(2, read.choice(Optional.of("mine")).orElseThrow().trial());
    assertEquals(1, read.choice(Optional.of("svhn")).orElseThrow().trial());
    assertEquals(Optional.empty(), read.choice(Optional.of("cifar100")));
    assertEquals(Optional.empty(), read.choice(Optional.empty()));
  }

  @Test
  void oneChoiceForAllIsForEveryTask() {
    TunedFile all = Studies.probe(true);
    assertEquals(2, all.choice(Optional.of("cifar100")).orElseThrow().trial());
    assertEquals(2, all.choice(Optional.empty()).orElseThrow().trial());
  }

  @Test
  void aChangedChoiceIsRefused() throws IOException {
    assertChangeRefused("\"trial\" : 2,", "\"trial\" : 3,", "choice for mine", "does not follow");
    assertChangeRefused("\"correct\" : 120", "\"correct\" : 20", "choice for mine", "trial 1 with");
    assertChangeRefused("\"seed\" : 2", "\"seed\" : 7", "its scores are not those of its study's");
    assertChangeRefused("\"withinOneError\" : 1", "\"withinOneError\" : 2", "does not follow");
  }

  @Test
  void aChangedStudyIsRefused() throws IOException {
    assertChangeRefused("\"epochs\" : 100", "\"epochs\" : 50", "not that of its study small");
    assertChangeRefused("\"schema\" : 1", "\"schema\" : 2", "schema 2; this version reads 1");
    assertChangeRefused("\"number\" : 3", "\"number\" : 4", "its trials are not those");
  }

  @Test
  void aStudyThatWouldKeepTheReaderBusyIsRefused() throws IOException {
    PROBE.write(file);
    String text = Files.readString(file);
    int at = text.indexOf("\"trials\" : 3", text.indexOf("\"rounds\""));
    Files.writeString(
        file, text.substring(0, at) + "\"trials\" : 300000000" + text.substring(at + 12));
    assertRefused(() -> TunedFile.read(file), "line ", "a round of 300000000 trials");
  }

  @Test
  void scoresThatAreMissingAreNoticed() throws IOException {
    PROBE.write(file);
    String text = Files.readString(file);
    int from = text.indexOf("\"svhn\" : [", text.indexOf("\"trials\" : ["));
    int to = text.indexOf("]", from);
    Files.writeString(file, text.substring(0, from) + "\"svhn\" : [ " + text.substring(to));
    assertRefused(() -> TunedFile.read(file), "a trial lacks scores");
  }

  private void assertChangeRefused(String from, String to, String... words) throws IOException {
    PROBE.write(file);
    String text = Files.readString(file);
    int at = text.indexOf(from);
    Files.writeString(file, text.substring(0, at) + to + text.substring(at + from.length()));
    assertRefused(() -> TunedFile.read(file), words);
    assertRefused(() -> TunedFile.read(file), file.toString(), "changed by hand");
  }

  @Test
  void whatIsNoSuchFileIsRefused() throws IOException {
    assertRefused(() -> TunedFile.read(file), file + ": no such file", "that bench tune wrote");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"schema\": 1, \"lr\": 2}");
    assertRefused(() -> TunedFile.read(file), "line 1, column", "method", "that bench tune wrote");
    Files.writeString(file, "null");
    assertRefused(() -> TunedFile.read(file), file + ": null", "that bench tune wrote");
  }
}
