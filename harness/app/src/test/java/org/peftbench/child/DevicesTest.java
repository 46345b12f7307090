package org.peftbench.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.cell.Device;
import org.peftbench.measure.nvml.FakeNvml;

class DevicesTest {

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "CPU", "cuda", "cuda:", "cuda:-1", "cuda:100", "cpu ", ""})
  void aWordThatIsNoDeviceIsRefusedWithThoseThatAre(String word) {
    assertRefused(
        () -> Devices.resolve(word),
        "unknown device '" + word + "'; known: auto, cpu, cuda:0, cuda:1, ...");
  }

  @Test
  void theProcessorIsAlwaysThere() {
    assertEquals(Device.CPU, Devices.resolve("cpu"));
  }

  @Test
  void withoutADriverAutoIsTheProcessorAndAGpuIsRefused() {
    assumeFalse(Devices.hasNvidiaDriver(), "this machine has a driver");
    assertEquals(Device.CPU, Devices.resolve("auto"));
    assertRefused(
        () -> Devices.resolve("cuda:0"),
        "--device cuda:0 needs an NVIDIA driver, and none is running; use cpu or auto");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu,cuda:0", "cuda:0,cuda:0", "cpu,cpu"})
  void severalDevicesAreDifferentGpus(String words) {
    assertRefused(
        () -> Devices.several(words),
        "--device " + words + " is no list of different GPUs, such as cuda:0,cuda:1");
  }

  @Test
  void aListNamesDevicesThatAreKnownAndThere() {
    assertRefused(() -> Devices.several("cuda:0,"), "unknown device ''; known: auto, cpu, cuda:0");
    assertRefused(() -> Devices.several("cuda:0,all"), "unknown device 'all'; known: ");
    assertEquals(List.of(Device.CPU), Devices.several("cpu"));
    assumeFalse(Devices.hasNvidiaDriver(), "this machine has a driver");
    assertRefused(() -> Devices.several("cuda:0,cuda:1"), "--device cuda:0 needs an NVIDIA driver");
    assertRefused(() -> Devices.several("all"), "--device all: there is no GPU; use cpu or auto");
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "cuda:0,cuda:1", "cpu,"})
  void whereOneDeviceComputesSeveralAreRefused(String word) {
    assertRefused(
        () -> Devices.resolve(word),
        "--device " + word + " is not one device; this command computes on one");
  }

  /** As CUDA reads it: up to the first that is none. */
  @Test
  void allAreThoseThatTheEnvironmentLeaves(@TempDir Path folder) throws Exception {
    FakeNvml driver = FakeNvml.compile(folder).play("gpus 4");
    assertEquals(4, Devices.visibleGpus(driver.path(), Optional.empty()));
    assertEquals(2, Devices.visibleGpus(driver.path(), Optional.of("3, GPU-8932f937")));
    assertEquals(1, Devices.visibleGpus(driver.path(), Optional.of("0,-1,2")));
    assertEquals(0, Devices.visibleGpus(driver.path(), Optional.of("")));
    assertEquals(0, Devices.visibleGpus("libnvidia-absent.so.1", Optional.empty()));
  }

  /** As in a wheel of Python's, which has {@code torch/version.py} beside {@code torch/lib}. */
  @Test
  void theVersionOfALibraryIsReadBesideIt(@TempDir Path torch) throws IOException {
    Path library = Files.createDirectory(torch.resolve("lib"));
    assertEquals(Optional.empty(), Devices.localVersion(library));
    Files.writeString(library.resolve("build-version"), "2.5.0\n");
    assertEquals(Optional.of("2.5.0"), Devices.localVersion(library));
    Files.writeString(torch.resolve("version.py"), "__version__ = '2.6.1+cu124'\ncuda = '12.4'\n");
    assertEquals(Optional.of("2.6.1"), Devices.localVersion(library));
    Files.writeString(torch.resolve("build-version"), "2.7.1+cu128\n");
    assertEquals(Optional.of("2.7.1"), Devices.localVersion(library));
  }

  @Test
  void aFileThatSaysNoVersionIsPassedOver(@TempDir Path torch) throws IOException {
    Path library = Files.createDirectory(torch.resolve("lib"));
    Files.writeString(torch.resolve("build-version"), "unknown\n");
    assertEquals(Optional.empty(), Devices.localVersion(library));
    Files.writeString(library.resolve("build-version"), "2.7.1");
    assertEquals(Optional.of("2.7.1"), Devices.localVersion(library));
  }
}
