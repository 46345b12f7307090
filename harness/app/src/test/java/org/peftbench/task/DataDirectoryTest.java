package org.peftbench.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir Path data;

  @Test
  void selectionKeepsOrderAndDropsDuplicates() throws IOException {
    TaskFiles.write(data.resolve("svhn"));
    TaskFiles.write(data.resolve("cifar"));
    assertEquals(List.of("svhn", "cifar100"), select("svhn, cifar,cifar100,svhn"));
  }

  @Test
  void groupExpandsToItsTasks() throws IOException {
    TaskFiles.write(data.resolve("mine"));
    for (Task task : TaskCatalog.group("vtab.specialized")) {
      TaskFiles.write(data.resolve(task.name()));
    }
    assertEquals(
        List.of("mine", "patch_camelyon", "eurosat", "resisc45", "diabetic_retinopathy"),
        select("mine,vtab.specialised,eurosat"));
  }

  @Test
  void groupWithMissingFoldersNamesThem() throws IOException {
    TaskFiles.write(data.resolve("eurosat"));
    assertRefused(
        () -> select("vtab.specialized"),
        "lacks patch_camelyon, resisc45, diabetic_retinopathy; it has eurosat",
        "VTAB-1k");
  }

  @Test
  void aliasedFolderServesTheCanonicalTask() throws IOException {
    TaskFiles.write(data.resolve("oxford_iiit_pet"));
    TaskFolder folder = DataDirectory.open(data).task("pets");
    assertEquals("pets", folder.task().name());
    assertEquals(data.resolve("oxford_iiit_pet"), folder.directory());
  }

  @Test
  void twoFoldersForOneTaskAreRefused() throws IOException {
    TaskFiles.write(data.resolve("cifar"));
    TaskFiles.write(data.resolve("cifar100"));
    assertRefused(() -> select("cifar"), "several folders", "cifar, cifar100");
  }

  @Test
  void ownFolderHasAsManyClassesAsItsTrainingListsShow() throws IOException {
    Path folder = TaskFiles.write(data.resolve("mine"));
    TaskFiles.writeList(folder, ListName.TRAIN800, List.of("images/train800/0.pgm 41"));
    Task task = DataDirectory.open(data).task("mine").task();
    assertEquals(new Task("mine", TaskGroup.OTHER, 42, task.officialTestImages(), List.of()), task);
    assertTrue(task.officialTestImages().isEmpty());
  }

  @Test
  void unknownTaskNamesTheNearestFirstAndTheFolders() throws IOException {
    TaskFiles.write(data.resolve("mine"));
    Files.createDirectory(data.resolve("unrelated"));
    assertRefused(() -> select("kiti"), "unknown task 'kiti'", "first: kitti,", "': mine");
    assertRefused(() -> select("mien"), "first: mine,");
    assertRefused(() -> select("../" + data.getFileName() + "/mine"), "unknown task");
    assertRefused(() -> select("unrelated"), "unknown task");
    assertRefused(() -> select("mine,,mine"), "unknown task ''");
  }

  @Test
  void missingFolderSaysWhereItWasLookedFor() {
    assertRefused(
        () -> select("cifar100"), "looked for cifar100, cifar, cifar_100", "found none", "VTAB-1k");
  }

  @Test
  void missingDataDirectorySaysHowToGetOne() {
    assertRefused(() -> DataDirectory.open(data.resolve("absent")), "absent", "VTAB-1k");
  }

  private List<String> select(String selection) {
    return DataDirectory.open(data).select(selection).stream()
        .map(folder -> folder.task().name())
        .toList();
  }
}
