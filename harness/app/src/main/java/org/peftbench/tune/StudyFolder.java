package org.peftbench.tune;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Split;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Json;
import org.peftbench.result.RecordFolder;

/** The folder of a study: its definition, the records of its trials, and what it chose. */
public final class StudyFolder {

  private final Path folder;

  /** The folder of a study that is there or is to be. */
  public StudyFolder(Path folder) {
    this.folder = folder;
  }

  /** What the study is called: as its folder. */
  public String name() {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? "study" : name.toString();
  }

  /** Where records of trials are. */
  public Path trials() {
    return folder.resolve("trials");
  }

  /** Where records of judging the choices on the test split are. */
  public Path test() {
    return folder.resolve("test");
  }

  /** The file with the choices of a method. */
  public Path tuned(String method) {
    return folder.resolve("tuned").resolve(method + ".json");
  }

  private Path definition() {
    return folder.resolve("study.json");
  }

  /**
   * The definition to go on with: that of the folder, which may have been widened since.
   *
   * @param asked the study as it would begin
   * @throws WrongInputException if the folder has another study
   */
  public Definition goOn(Definition asked) {
    if (!Files.exists(definition())) {
      return asked;
    }
    Definition found =
        SmallFile.read(
            definition(), Definition.class, Json.MAPPER.reader(), "the definition of a study");
    Definition begun = found.with(List.of(), found.rounds().get(0));
    difference(Json.MAPPER.valueToTree(begun), Json.MAPPER.valueToTree(asked), "")
        .ifPresent(
            what -> {
              throw new WrongInputException(
                  definition() + ": the study here is another: " + what + "; give another --out");
            });
    return found;
  }

  /** Keeps the definition. */
  public void begin(Definition study) {
    SmallFile.write(definition(), study.text());
  }

  /** Whether all that a study chose has been written. */
  public boolean isComplete(Definition study) {
    return study.methods().stream()
        .map(method -> tuned(method.id()))
        .allMatch(file -> Files.exists(file) && TunedFile.read(file).definition().equals(study));
  }

  /**
   * Checks that no record of a trial was judged on the test split.
   *
   * @throws WrongInputException if one was
   */
  public void requireTestShut() {
    if (!Files.isDirectory(trials())) {
      return;
    }
    for (CellRecord record : RecordFolder.open(trials()).readAll()) {
      if (record.cell().protocol().evaluate() == Split.TEST) {
        throw new WrongInputException(
            "%s was judged on the test split; a study's trials are judged on val200 alone"
                .formatted(trials().resolve(RecordFolder.fileName(record.cell()))));
      }
    }
  }

  /** The first place where two definitions differ, with what each has there. */
  private static Optional<String> difference(JsonNode here, JsonNode asked, String at) {
    if (here.equals(asked)) {
      return Optional.empty();
    }
    if (here.isObject() && asked.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      here.fieldNames().forEachRemaining(names::add);
      asked.fieldNames().forEachRemaining(names::add);
      return names.stream()
          .map(name -> difference(here.path(name), asked.path(name), join(at, name)))
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (here.isArray() && asked.isArray()) {
      return IntStream.range(0, Math.max(here.size(), asked.size()))
          .mapToObj(i -> difference(here.path(i), asked.path(i), join(at, "" + i)))
          .flatMap(Optional::stream)
          .findFirst();
    }
    return Optional.of("%s is %s there and %s here".formatted(at, words(here), words(asked)));
  }

  private static String join(String at, String name) {
    return at.isEmpty() ? name : at + "." + name;
  }

  private static String words(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? "none" : value.toString();
  }
}
