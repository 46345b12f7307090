package org.peftbench.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.measure.nvml.FakeNvml;

/** Whether there is a driver: its library counts more than the file that its module shows. */
class DriverTest {

  @TempDir Path folder;
  private Path absent;
  private Path shown;

  @BeforeEach
  void files() throws IOException {
    absent = folder.resolve("absent");
    shown = Files.createFile(folder.resolve("version"));
  }

  @Test
  void aMachineWithoutAnythingHasNone() {
    assertEquals(
        new Driver(false, Optional.of(0), Optional.empty()),
        Driver.read(absent.toString(), absent));
  }

  /** As on WSL2, and in containers that hide the module's files. */
  @Test
  void aLibraryThatWorksIsADriverAlsoWithoutTheFile() throws Exception {
    FakeNvml fake = FakeNvml.compile(folder).play("gpus 2");
    assertEquals(
        new Driver(true, Optional.of(2), Optional.empty()), Driver.read(fake.path(), absent));
  }

  /** As in images made for GPUs, on a machine that has none. */
  @Test
  void aLibraryThatDoesNotStartIsNoDriver() throws Exception {
    FakeNvml fake = FakeNvml.compile(folder).play("nvmlInit_v2 9");
    assertEquals(
        new Driver(false, Optional.of(0), Optional.of("Driver Not Loaded (nvmlInit_v2 gave 9)")),
        Driver.read(fake.path(), absent));
  }

  /** As after an update of the driver, until the machine is started again. */
  @Test
  void aModuleWhoseLibraryDoesNotStartIsADriverWithItsWords() throws Exception {
    FakeNvml fake = FakeNvml.compile(folder).play("nvmlInit_v2 18");
    Driver driver = Driver.read(fake.path(), shown);
    assertTrue(driver.running());
    assertEquals(Optional.empty(), driver.gpus());
    assertTrue(driver.trouble().orElseThrow().contains("(nvmlInit_v2 gave 18)"));
  }

  /** As in containers that were given the GPUs to compute on, and not to ask. */
  @Test
  void aModuleWithoutALibraryIsADriverOfUnknownGpus() {
    assertEquals(
        new Driver(true, Optional.empty(), Optional.empty()),
        Driver.read(absent.toString(), shown));
  }
}
