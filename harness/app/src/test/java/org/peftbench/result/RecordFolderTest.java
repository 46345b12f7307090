package org.peftbench.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Features;
import org.peftbench.cell.Phase;
import org.peftbench.model.Precision;

class RecordFolderTest {

  private static final Cell CELL =
      Records.cell(Records.method("lora", "rank", "8"), "cifar100", 1, Records.PROTOCOL);
  private static final CellRecord RECORD = Records.succeeded(CELL, 700);

  @TempDir private Path path;
  private RecordFolder folder;

  @BeforeEach
  void createFolder() {
    folder = RecordFolder.create(path.resolve("runs/first"));
  }

  @Test
  void whatIsWrittenIsReadBackEqual() {
    CellRecord failed =
        Records.failed(
            Records.cell(Records.method("last"), "svhn", 0, Records.PROTOCOL),
            Failure.Reason.OUT_OF_MEMORY,
            "line\none \"two\" é");
    folder.write(RECORD);
    folder.write(failed);
    assertEquals(List.of(failed, RECORD), folder.readAll());
    assertEquals(Optional.of(RECORD), folder.find(CELL));
  }

  @Test
  void aCellThatHasNotEndedIsNotFound() {
    assertEquals(Optional.empty(), folder.find(CELL));
  }

  @Test
  void onlyTheRecordIsLeftAfterWritingAndItsBytesAreTheSameEachTime() throws IOException {
    Path file = folder.write(RECORD);
    byte[] first = Files.readAllBytes(file);
    assertEquals(file, folder.write(RECORD));
    assertEquals(List.of(file), files(path.resolve("runs/first")));
    assertArrayEquals(first, Files.readAllBytes(file));
  }

  @Test
  void aRecordThatCannotBeWrittenWholeLeavesTheOldOne() throws IOException {
    Path file = folder.write(RECORD);
    byte[] before = Files.readAllBytes(file);
    CellRecord endless =
        Records.record(
            CELL,
            RECORD.outcome().orElseThrow(),
            List.of(new PhaseCost(Phase.TRAIN, Double.POSITIVE_INFINITY, Optional.empty())),
            1,
            RECORD.provenance());
    String message = refusal(IllegalArgumentException.class, () -> folder.write(endless));
    assertTrue(message.endsWith("phases.0.seconds: Infinity is not a finite number"), message);
    assertEquals(List.of(file), files(path.resolve("runs/first")));
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  /** Guards against a change that would make every finished cell of every user unfinished. */
  @Test
  void identityIsReadableAndStaysWhatItIs() {
    assertEquals("lora-rank=8__cifar100__seed1__955c338fb766", RecordFolder.identity(CELL));
  }

  @Test
  void anotherPrecisionIsAnotherCell() {
    Cell mixed = Records.cell(CELL.method(), CELL.task(), 1, Records.in(Precision.MIXED));
    assertNotEquals(RecordFolder.identity(CELL), RecordFolder.identity(mixed));
  }

  @Test
  void clipsMakeAnotherCell() {
    Cell clips = Records.cell(CELL.method(), CELL.task(), CELL.seed(), CELL.protocol().forClips(8));
    assertNotEquals(RecordFolder.identity(CELL), RecordFolder.identity(clips));
  }

  @Test
  void aStreamedBackboneMakesAnotherCell() {
    Cell streamed =
        Records.cell(
            CELL.method(),
            CELL.task(),
            CELL.seed(),
            CELL.protocol()
                .forMethod(CELL.protocol().rate(), Features.LIVE, BackboneMemory.STREAMED));
    assertNotEquals(RecordFolder.identity(CELL), RecordFolder.identity(streamed));
  }

  @Test
  void identityTellsCellsApartThatLookAlike() {
    assertNotEquals(
        RecordFolder.identity(CELL), RecordFolder.identity(Records.withData(CELL, "other")));
  }

  @Test
  void identityOfHostileNamesIsAPlainBoundedFileName() {
    Cell hostile =
        Records.cell(
            Records.method("../x", "p", "a/b\0" + "c".repeat(5000)), "..", 0, Records.PROTOCOL);
    String name = RecordFolder.fileName(hostile);
    assertTrue(name.matches("x-p=a-b-c{72}____seed0__[0-9a-f]{12}\\.json"), name);
  }

  @Test
  void hiddenFilesOtherFilesAndSubFoldersAreNotRecords() throws IOException {
    Path file = folder.write(RECORD);
    Files.writeString(file.resolveSibling("." + file.getFileName() + ".123"), "{");
    Files.writeString(file.resolveSibling("table.md"), "|");
    Files.createDirectory(file.resolveSibling("old.json"));
    assertEquals(List.of(RECORD), folder.readAll());
  }

  /** A record as version 2 of the format wrote it, before GPUs were watched. */
  @Test
  void aRecordOfAnEarlierSchemaIsReadAndWhatItDidNotKnowIsUnavailable() throws IOException {
    Path file = folder.write(RECORD);
    String text = Files.readString(file);
    String earlier =
        beforePrecision(text)
            .replace("\"schema\" : 8", "\"schema\" : 2")
            .replaceAll(",\\s*\"plugin\" : null", "")
            .replaceAll(",\\s*\"gpu\" : null,\\s*\"cpuJoules\" : null", "")
            .replaceAll("(?s)\\s*\"inference\" : \\{.*(?=\\s*\"taints\")", "")
            .replaceAll("(?s)\\s*\"watched\" : \\{.*(?=\\s*\"endToEndSeconds\")", "");
    assertFalse(earlier.contains("gpu") || earlier.contains("sampling"), earlier);
    Files.writeString(file, earlier);
    CellRecord read = folder.find(CELL).orElseThrow();
    assertEquals(Optional.empty(), read.watched());
    assertEquals(RECORD.phases(), read.phases());
    assertEquals(CellRecord.SCHEMA, read.schema());
  }

  /** A record as version 3 of the format wrote it, before there were plugins. */
  @Test
  void aRecordFromBeforePluginsIsOfABuiltInMethodAndKeepsItsName() throws IOException {
    Path file = folder.write(RECORD);
    String text = Files.readString(file);
    String earlier =
        beforePrecision(text)
            .replace("\"schema\" : 8", "\"schema\" : 3")
            .replaceAll(",\\s*\"plugin\" : null", "")
            .replaceAll(",\\s*\"readingSeconds\" : [\\d.]+", "");
    assertFalse(earlier.contains("plugin") || earlier.contains("readingSeconds"), earlier);
    Files.writeString(file, earlier);
    CellRecord read = folder.find(CELL).orElseThrow();
    assertEquals(CELL, read.cell());
    assertEquals(Optional.empty(), read.watched().orElseThrow().sampling().readingSeconds());
  }

  /** A record as version 5 of the format wrote it, before there were studies. */
  @Test
  void aRecordFromBeforeStudiesKeepsItsNameAndRanAlone() throws IOException {
    Path file = folder.write(RECORD);
    String text = Files.readString(file);
    String earlier = beforeStudies(text).replace("\"schema\" : 8", "\"schema\" : 5");
    assertFalse(earlier.contains("study") || earlier.contains("sharedPass"), earlier);
    Files.writeString(file, earlier);
    assertEquals(RECORD, folder.find(CELL).orElseThrow());
  }

  @Test
  void theCellOfAnAdapterFromBeforePrecisionsIsInFloat32() throws IOException {
    String json = Json.MAPPER.writeValueAsString(CELL);
    assertEquals(CELL, EarlierSchema.cell(json));
    String earlier = json.replace(",\"precision\":\"float32\"", "");
    assertNotEquals(json, earlier);
    assertEquals(CELL, EarlierSchema.cell(earlier));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"schema\" : 8|\"schema\" : 9|was written by a newer bench, schema 9; this one reads up to 8",
        "\"schema\" : 8|\"schema\" : 1|schema 1; this version reads schema 2 to 8",
        "\"device\" : \"cpu\"|\"device\" : \"cuda:0\"|an earlier version's record of a GPU",
        "\"schema\" : 8|\"schema\" : \"6\"|not a record: it has no schema number",
        "\"seed\" : 1|\"seed\" : 1.5|cell.seed: ",
        "\"seed\" : 1|\"seed\" : 1, \"sead\" : 1|cell.sead: Unrecognized field",
        "\"seed\" : 1|\"seed\" : null|cell.seed: ",
        "\"seed\" : 1,||cell.seed: Missing creator property 'seed'",
        "\"task\" : \"cifar100\"|\"task\" : null|cell.task: ",
        "\"rank\" : \"8\"|\"rank\" : null|cell.method.options.rank: ",
        "\"seed\" : 1|\"seed\" : 1, \"seed\" : 1|Duplicate field 'seed'",
        "\"status\" : \"succeeded\"|\"status\" : \"failed\"|does not go with it",
        "\"status\" : \"succeeded\"|\"status\" : 0|status: ",
        "\"lr\" : 0.001|\"lr\" : NaN|Non-standard token 'NaN'",
        "\"lr\" : 0.001|\"lr\" : \"NaN\"|cell.protocol.lr: a number is expected",
        "\"lr\" : 0.001|\"lr\" : 1e999|cell.protocol.lr: a finite number is expected",
        "\"lr\" : 0.001|\"lr\" : null|cell.protocol.lr: a number is expected, not null",
        "\"correct\" : 700|\"correct\" : 1001|1001 correct of 1000 images",
        "\"images\" : 1000|\"images\" : 0|700 correct of 0 images",
        "1.5, 0.25|null, 0.25|outcome.epochLosses.0: ",
        "\"seed\" : 1|\"seed\" : 2|holds the record of another cell; its name would be lora",
      })
  void aDamagedOrForeignRecordIsRefused(String sound, String damaged, String message)
      throws IOException {
    String given = damaged == null ? "" : damaged;
    assertRefused(
        text -> {
          assertTrue(text.contains(sound), text);
          return text.replaceFirst(Pattern.quote(sound), given);
        },
        message);
  }

  @Test
  void anOverlongWordOfTheEngineIsRefused() throws IOException {
    assertRefused(
        text -> text.replace("\"flash\"", "\"" + "x".repeat(201) + "\""),
        "attention has 201 characters; at most 200");
  }

  /** An exception may have any message. */
  @Test
  void aFailuresMessageIsCut() {
    Failure failure = new Failure(Failure.Reason.ERROR, "x".repeat(1_000_000), List.of());
    assertEquals("x".repeat(997) + "...", failure.message());
  }

  /** Its losses are what makes a record long. */
  @Test
  void theLongestTrainingHasARecordThatIsReadAgain() {
    Outcome outcome =
        new Outcome(1, 2, 2, Collections.nCopies(100_000, 0.1234567890123456), 1, 1, 2, 0);
    CellRecord longest =
        Records.record(CELL, outcome, List.of(), 1, Records.on("Xeon", "2026-11-21T12:00:00Z"));
    folder.write(longest);
    assertEquals(List.of(longest), folder.readAll());
  }

  @Test
  void aTruncatedRecordIsRefused() throws IOException {
    assertRefused(text -> text.substring(0, text.length() - 5), "Unexpected end-of-input");
    assertRefused(text -> "", "it is empty");
    assertRefused(text -> "{\"a\": 1}", "it has no schema number");
    assertRefused(text -> text + "{}", "Trailing token");
    assertRefused(text -> "[".repeat(100_000), "nesting depth");
  }

  @Test
  void whatCanBeReadIsReadAndEveryOtherFileHasItsTrouble() throws IOException {
    Path good = folder.write(RECORD);
    Path nowhere = Files.createSymbolicLink(good.resolveSibling("a.json"), path.resolve("none"));
    Path copy = Files.copy(good, good.resolveSibling("copy of it.json"));
    Path empty = Files.createFile(good.resolveSibling("z.json"));
    RecordFolder.Contents contents = folder.contents();
    assertEquals(List.of(RECORD), contents.records());
    assertEquals(
        List.of(
            nowhere + ": a link to nothing; expected a record",
            copy + ": holds the record of another cell; its name would be " + good.getFileName(),
            empty + ": not a record: it is empty"),
        contents.troubles());
  }

  /** What ran for hours is not run again, and not written over, because a byte was lost. */
  @Test
  void aDamagedRecordOfACellIsNeitherDoneNorMissing() throws IOException {
    Path file = folder.write(RECORD);
    Files.writeString(file, Files.readString(file).replace("\"schema\" : 8", "\"schema\" : 9"));
    assertEquals(
        file
            + ": was written by a newer bench, schema 9; this one reads up to 8; to run its cell"
            + " again, move it away",
        refusal(WrongInputException.class, () -> folder.find(CELL)));
  }

  @Test
  void anOverlongRecordIsRefusedUnread() throws IOException {
    Path file = folder.write(RECORD);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertEquals(
        file + ": more than the 16 MiB that a record may have",
        refusal(WrongInputException.class, folder::readAll));
  }

  @Test
  void whatIsNotARegularFileIsRefusedUnread() throws IOException {
    Path endless = path.resolve("runs/first/endless.json");
    Files.createSymbolicLink(endless, Path.of("/dev/zero"));
    assertEquals(
        endless + ": not a regular file; expected a record",
        refusal(WrongInputException.class, folder::readAll));
  }

  @Test
  void aFileInTheWayOfTheFolderIsNamed() throws IOException {
    Path file = Files.writeString(path.resolve("file"), "");
    for (Path inTheWay : List.of(file, file.resolve("below"))) {
      String message = refusal(WrongInputException.class, () -> RecordFolder.create(inTheWay));
      assertTrue(message.startsWith(inTheWay + ": cannot be written: "), message);
      assertEquals(1, message.lines().count());
    }
  }

  @Test
  void aMissingFolderCannotBeRead() {
    Path missing = path.resolve("missing");
    assertEquals(
        missing + ": no such folder; expected a folder of records",
        refusal(WrongInputException.class, () -> RecordFolder.open(missing)));
    assertFalse(Files.exists(missing));
  }

  private void assertRefused(UnaryOperator<String> damage, String expected) throws IOException {
    Path file = folder.write(RECORD);
    Files.writeString(file, damage.apply(Files.readString(file)));
    String message = refusal(WrongInputException.class, folder::readAll);
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.contains(expected), message);
    assertEquals(1, message.lines().count(), message);
  }

  private static String refusal(Class<? extends Exception> type, Executable action) {
    return String.valueOf(assertThrows(type, action).getMessage());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** What schema 5 had. */
  private static String beforeStudies(String text) {
    return text.replaceAll(",\\s*\"(study|sharedPass|edge)\" : null", "")
        .replaceAll(",\\s*\"lrGiven\" : false", "");
  }

  /** What schema 4 had. */
  private static String beforePrecision(String text) {
    return beforeStudies(text)
        .replaceAll(",\\s*\"precision\" : \"float32\"", "")
        .replaceAll(",\\s*\"processors\" : null", "")
        .replaceAll(",\\s*\"build\" : \\{[^}]*\\}", "");
  }
}
