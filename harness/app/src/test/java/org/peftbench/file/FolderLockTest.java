package org.peftbench.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;
import org.peftbench.result.RecordFolder;

class FolderLockTest {

  @TempDir private Path path;

  /** Another run: takes the lock and holds it until it is killed. */
  static final class Holder {

    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      FolderLock lock = RecordFolder.create(Path.of(arguments[0])).lock();
      System.out.println("locked");
      System.in.read();
      lock.close();
    }
  }

  @Test
  void aSecondLockIsRefusedUntilTheFirstIsClosed() {
    RecordFolder folder = RecordFolder.create(path);
    FolderLock first = folder.lock();
    assertEquals(
        path
            + ": another run is writing into this folder, process "
            + ProcessHandle.current().pid()
            + "; wait for it or choose another",
        assertThrows(WrongInputException.class, folder::lock).getMessage());
    first.close();
    folder.lock().close();
  }

  @Test
  void whoWaitsIsToldForWhomAgainAndAgain() {
    FolderLock first = FolderLock.take(path);
    List<String> told = new ArrayList<>();
    Consumer<String> waiting =
        whom -> {
          told.add(whom);
          if (told.size() == 2) {
            first.close();
          }
        };
    FolderLock.await(path, waiting).close();
    String self = "process " + ProcessHandle.current().pid();
    assertEquals(List.of(self, self), told);
  }

  private static String refusal(RecordFolder folder) {
    return String.valueOf(assertThrows(WrongInputException.class, folder::lock).getMessage());
  }

  @Test
  void aKilledProcessHoldsNoLock() throws IOException, InterruptedException {
    RecordFolder folder = RecordFolder.create(path);
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                path.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = holder.inputReader()) {
      assertEquals("locked", out.readLine());
      assertTrue(refusal(folder).contains(", process " + holder.pid() + ";"));
      Files.writeString(path.resolve(FolderLock.FILE), "\u001b[31m1234");
      assertTrue(refusal(folder).contains(", another process;"));
    } finally {
      holder.destroyForcibly().waitFor();
    }
    folder.lock().close();
  }
}
