package org.peftbench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Json;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Records;

class RescueTest {

  private static final CellRecord RECORD =
      Records.succeeded(Records.cell(Records.method("lora"), "svhn", 0, Records.PROTOCOL), 500);

  @TempDir Path folder;
  private Path out;
  private Path elsewhere;
  private RecordFolder records;

  @BeforeEach
  void makeFolders() throws Exception {
    out = folder.resolve("out");
    elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    records = RecordFolder.create(out);
  }

  private String refused() throws Exception {
    Files.delete(out);
    Files.createFile(out); // nobody, be it root, can write into it
    Rescue rescue = new Rescue(records, elsewhere, 0);
    var thrown = assertThrows(WrongInputException.class, () -> rescue.write(RECORD));
    String said = String.valueOf(thrown.getMessage());
    Files.delete(out);
    String why = out + " is not a folder; ";
    assertTrue(said.startsWith(out.resolve(RecordFolder.fileName(RECORD.cell())) + ": "), said);
    assertTrue(said.contains(why), said);
    return said.substring(said.indexOf(why) + why.length());
  }

  @Test
  void aFolderThatWasRemovedIsMadeAgain() throws Exception {
    Files.delete(out);
    new Rescue(records, elsewhere, 0).write(RECORD);
    assertEquals(List.of(RECORD), RecordFolder.open(out).readAll());
  }

  @Test
  void aRecordIsKeptElsewhereAndCanBeMovedBack() throws Exception {
    Matcher said =
        Pattern.compile(
                "the record is kept as (.+); once it is moved there the same command goes on")
            .matcher(refused());
    assertTrue(said.matches());
    Path kept = Path.of(said.group(1));
    assertTrue(kept.startsWith(elsewhere), "" + kept);
    RecordFolder again = RecordFolder.create(out);
    Files.move(kept, out.resolve(kept.getFileName()));
    assertEquals(Optional.of(RECORD), again.find(RECORD.cell()));
  }

  @Test
  void aRecordThatCanBeKeptNowhereIsSaid() throws Exception {
    Files.delete(elsewhere);
    String said = refused();
    String intro = "the record is to be saved under that name: ";
    assertTrue(said.startsWith(intro), said);
    assertEquals(RECORD, Json.MAPPER.readValue(said.substring(intro.length()), CellRecord.class));
  }
}
