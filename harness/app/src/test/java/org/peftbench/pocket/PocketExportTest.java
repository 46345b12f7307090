package org.peftbench.pocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;
import org.peftbench.file.FolderLock;
import org.peftbench.image.ImageDecoder;
import org.peftbench.image.RgbImage;
import org.peftbench.task.DataDirectory;
import org.peftbench.task.LabelledImage;
import org.peftbench.task.ListName;
import org.peftbench.task.Task;
import org.peftbench.task.TaskCatalog;
import org.peftbench.task.TaskFolder;

class PocketExportTest {

  private static final PocketTask TASK = PocketSuite.tasks().get(4);

  @TempDir Path folder;

  @Test
  void anExportedTaskIsReadAsItWasRendered() throws IOException {
    Files.createDirectories(folder.resolve(".pocket_count.partial/images")); // cut off earlier
    assertEquals(
        folder.resolve("pocket_count"), PocketExport.into(folder, PocketSuite.tasks()).write(TASK));
    DataDirectory data = DataDirectory.open(folder);
    assertEquals(List.of("pocket_count"), data.folders());
    TaskFolder task = data.task("pocket_count");
    task.check(ListName.values());
    assertEquals(TASK.classes(), task.task().classes());
    assertEquals(List.of(), task.notes());
    assertSame(task, ListName.TRAIN800, 0, Subset.TRAIN);
    assertSame(task, ListName.VAL200, 0, Subset.VAL);
    assertSame(task, ListName.TRAIN800VAL200, 800, Subset.VAL);
    assertSame(task, ListName.TEST, 0, Subset.TEST);
    assertEquals(1000, task.images(ListName.TRAIN800VAL200).size());
  }

  private static void assertSame(TaskFolder task, ListName list, int first, Subset subset) {
    List<LabelledImage> images = task.images(list);
    assertEquals(first + subset.images(), images.size());
    for (int i = 0; i < subset.images(); i += 100) {
      LabelledImage line = images.get(first + i);
      PocketImage rendered = TASK.render(subset, i);
      assertEquals(rendered.label(), line.label());
      RgbImage read = ImageDecoder.decode(line.file());
      assertEquals(PocketImage.SIZE, read.width());
      assertArrayEquals(rendered.pixels(), read.pixels());
    }
  }

  @Test
  void whatAnotherRunRendersIsWaitedForAndTaken() {
    List<Task> wanted = TaskCatalog.named("pocket_count");
    FolderLock other = FolderLock.take(folder);
    List<String> heard = new ArrayList<>();
    PocketExport.Listener listener =
        new PocketExport.Listener() {
          @Override
          public void renders(RenderedTask task) {
            heard.add("renders " + task.name());
          }

          @Override
          public void waits(String whom) {
            heard.add("waits for " + whom);
            assertTrue(folder.resolve("pocket_count").toFile().mkdir());
            other.close();
          }
        };
    PocketExport.complete(folder, wanted, listener);
    assertEquals(List.of("waits for process " + ProcessHandle.current().pid()), heard);
  }

  @Test
  void aTaskThatIsThereAlreadyIsRefused() throws IOException {
    Path there = Files.createDirectory(folder.resolve("pocket_fine"));
    WrongInputException refusal =
        assertThrows(
            WrongInputException.class, () -> PocketExport.into(folder, PocketSuite.tasks()));
    assertEquals(
        "'" + there + "' is there already; remove it, or name another folder",
        refusal.getMessage());
  }

  @Test
  void aFileInTheFoldersPlaceIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("taken"));
    PocketExport export = PocketExport.into(file, PocketSuite.tasks());
    WrongInputException refusal = assertThrows(WrongInputException.class, () -> export.write(TASK));
    assertEquals("cannot export into '" + file + "': Not a directory", refusal.getMessage());
  }
}
