package org.peftbench.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.cuda.CudaSets;
import org.peftbench.cuda.Driver;
import org.peftbench.cuda.TorchFolder;
import org.peftbench.cuda.VisibleGpus;
import org.peftbench.measure.GpuAddress;
import org.peftbench.result.Failure;

/** A GPU that cannot be used: {@code cuda:N} is refused with the cause, {@code auto} says it. */
class DevicesTest {

  private static final Driver NONE = new Driver(false, Optional.of(0), Optional.empty());
  private static final Device FIRST = Device.named("cuda:0");

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private final List<Device> tried = new ArrayList<>();
  private Map<String, String> environment = Map.of();
  private Optional<String> visible = Optional.empty();
  private Map<GpuAddress, String> uuids = Map.of();
  private Devices.Trial trial = tried::add;

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "CPU", "cuda", "cuda:", "cuda:-1", "cuda:100", "cpu ", ""})
  void aWordThatIsNoDeviceIsRefusedWithThoseThatAre(String word) {
    assertRefused(
        () -> devices(NONE).resolve(word),
        "unknown device '" + word + "'; known: auto, cpu, cuda:0, cuda:1, ...");
  }

  @Test
  void theProcessorIsAlwaysThereAndNothingIsTriedForIt() throws Exception {
    assertEquals(Device.CPU, devices(gpus(2)).resolve("cpu"));
    assertEquals(List.of(), tried);
  }

  @Test
  void withoutADriverAutoIsTheProcessorWithoutAWord() throws Exception {
    assertEquals(Device.CPU, devices(NONE).resolve("auto"));
    assertEquals(List.of(), said);
    assertRefused(
        () -> devices(NONE).resolve("cuda:0"),
        "--device cuda:0 cannot be used: no NVIDIA driver is running; install one, or use cpu");
    Driver silent = new Driver(false, Optional.of(0), Optional.of("Driver Not Loaded"));
    assertRefused(
        () -> devices(silent).resolve("cuda:0"),
        "no NVIDIA driver is running (its library says: Driver Not Loaded); install one");
  }

  @Test
  void aDriverWithoutACudaSetIsSaidWithWhatSetupWouldDo() throws Exception {
    assertCannot(
        gpus(1),
        "there is no PyTorch 2.7.1 for CUDA here; bench setup cuda fetches 0 to 4 GB"
            + " and keeps one for every later run");
    assertEquals(List.of(), tried);
  }

  @Test
  void aCudaSetThatDoesNotFitIsSaid() throws Exception {
    Path library = TorchFolder.wheel(folder.resolve("torch"), "2.11.0+cu130");
    environment = Map.of(CudaSets.VARIABLE, library.toString());
    assertCannot(
        gpus(1),
        "PYTORCH_LIBRARY_PATH: "
            + library
            + " holds PyTorch 2.11.0+cu130; this program needs 2.7.1, any other crashes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''    | CUDA_VISIBLE_DEVICES= leaves 0 of 2 GPUs; unset it, or use cpu
          -1    | CUDA_VISIBLE_DEVICES=-1 leaves 0 of 2 GPUs; unset it, or use cpu
          """)
  void hiddenGpusAreSaid(String list, String message) throws Exception {
    setUp();
    visible = Optional.of(list);
    assertCannot(gpus(2), message);
    assertEquals(List.of(), tried);
  }

  @Test
  void aNumberBeyondTheVisibleGpusIsRefused() throws Exception {
    setUp();
    assertRefused(
        () -> devices(gpus(2)).resolve("cuda:2"),
        "--device cuda:2 cannot be used: this machine has 2 GPUs; known: cuda:0 to cuda:1");
    visible = Optional.of("1,0");
    assertEquals(Device.named("cuda:1"), devices(gpus(2)).resolve("cuda:1"));
    visible = Optional.of("1");
    assertRefused(
        () -> devices(gpus(2)).resolve("cuda:1"),
        "CUDA_VISIBLE_DEVICES=1 leaves 1 of 2 GPUs; known: cuda:0");
  }

  @Test
  void aDriverWithoutGpuIsSaid() throws Exception {
    assertCannot(gpus(0), "an NVIDIA driver is running, but has no GPU; use cpu");
  }

  @Test
  void aGpuThatComputesIsTaken() throws Exception {
    setUp();
    assertEquals(FIRST, devices(gpus(1)).resolve("auto"));
    assertEquals(FIRST, devices(gpus(1)).resolve("cuda:0"));
    assertEquals(List.of(FIRST, FIRST), tried);
    assertEquals(List.of(), said);
    Driver mute = new Driver(true, Optional.empty(), Optional.empty());
    assertEquals(Device.named("cuda:3"), devices(mute).resolve("cuda:3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PyTorch 2.7.1 finds no CUDA: Found no NVIDIA driver on your system. | the driver's libcuda.so.1 is not to be found here: a container must be started with its GPUs (docker run --gpus all)
          CUDA error: CUDA driver version is insufficient for CUDA runtime version | update the NVIDIA driver; CUDA 12 needs 525 or newer
          CUDA error: no kernel image is available for execution on the device | this build has no machine code for this GPU; bench setup cuda with another --from has other builds
          something new | bench doctor says what is here, bench setup cuda sets up another PyTorch
          """)
  void aGpuThatDoesNotComputeIsSaidInPyTorchsWordsWithTheCure(String words, String cure)
      throws Exception {
    setUp();
    trial =
        device -> {
          throw new WrongInputException(words);
        };
    assertCannot(gpus(1), words + "; " + cure);
  }

  @Test
  void aTrialThatCrashesIsSaidWithItsLastWords() throws Exception {
    setUp();
    trial =
        device -> {
          throw new JobFailedException(
              new Failure(
                  Failure.Reason.CRASHED,
                  "ended with exit code 127",
                  List.of("java: version `GLIBC_2.35' not found")));
        };
    assertCannot(
        gpus(1),
        "PyTorch did not start (crashed, ended with exit code 127): java: version `GLIBC_2.35' not"
            + " found; these libraries are for a newer system; bench setup cuda with another --from");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu,cuda:0", "cuda:0,cuda:0", "cpu,cpu"})
  void severalDevicesAreDifferentGpus(String words) throws Exception {
    setUp();
    assertRefused(
        () -> devices(gpus(2)).several(words),
        "--device " + words + " is no list of different GPUs, such as cuda:0,cuda:1");
  }

  @Test
  void eachOfSeveralIsTriedAndMustCompute() throws Exception {
    setUp();
    List<Device> both = List.of(Device.named("cuda:1"), FIRST);
    assertEquals(both, devices(gpus(2)).several("cuda:1,cuda:0"));
    assertEquals(both, tried);
    assertRefused(
        () -> devices(gpus(2)).several("cuda:1,cuda:2"),
        "--device cuda:2 cannot be used: this machine has 2 GPUs; known: cuda:0 to cuda:1");
    assertRefused(() -> devices(gpus(2)).several("cuda:0,"), "unknown device ''; known: auto, cpu");
    assertRefused(() -> devices(gpus(2)).several("auto,cuda:1"), "unknown device 'auto'; known: ");
  }

  @Test
  void twoNumbersOfOneGpuAreNotTwoGpus() throws Exception {
    setUp();
    visible = Optional.of("0,0");
    assertRefused(
        () -> devices(gpus(2)).several("cuda:0,cuda:1"),
        "CUDA_VISIBLE_DEVICES=0,0 leaves 1 of 2 GPUs; known: cuda:0");
    assertEquals(List.of(FIRST), devices(gpus(2)).several("all"));
    visible = Optional.of("0,GPU-5f1c");
    assertEquals(2, devices(gpus(2)).several("all").size());
    uuids = Map.of(new GpuAddress("0"), "GPU-5f1c-8", new GpuAddress("GPU-5f1c"), "GPU-5f1c-8");
    assertEquals(List.of(FIRST), devices(gpus(2)).several("all"));
  }

  @Test
  void allAreThoseThatTheEnvironmentLeaves() throws Exception {
    setUp();
    visible = Optional.of("3,0");
    assertEquals(List.of(FIRST, Device.named("cuda:1")), devices(gpus(4)).several("all"));
    visible = Optional.of("");
    assertRefused(
        () -> devices(gpus(4)).several("all"), "CUDA_VISIBLE_DEVICES= leaves 0 of 4 GPUs");
    assertRefused(() -> devices(NONE).several("all"), "no NVIDIA driver is running");
    Driver mute = new Driver(true, Optional.empty(), Optional.empty());
    assertRefused(
        () -> devices(mute).several("all"),
        "--device all: the driver does not tell how many GPUs there are; name them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "cuda:0,cuda:1", "cpu,"})
  void whereOneDeviceComputesSeveralAreRefused(String word) {
    assertRefused(
        () -> devices(gpus(2)).resolve(word),
        "--device " + word + " is not one device; this command computes on one");
  }

  @Test
  void whatTheDriversLibrarySaysIsPutBehindWhatIsInTheWay() throws Exception {
    String words = "Driver/library version mismatch (nvmlInit_v2 gave 18)";
    Driver old = new Driver(true, Optional.empty(), Optional.of(words));
    String behind = " (the driver's library says: " + words + ")";
    assertRefused(() -> devices(old).resolve("cuda:0"), " for every later run" + behind);
    setUp();
    trial =
        device -> {
          throw new WrongInputException("PyTorch 2.7.1 finds no CUDA");
        };
    assertCannot(
        old,
        "PyTorch 2.7.1 finds no CUDA"
            + behind
            + "; the driver was updated while it ran: restart the machine, or its kernel module");
  }

  private void assertCannot(Driver driver, String why) throws Exception {
    assertEquals(Device.CPU, devices(driver).resolve("auto"));
    assertEquals(List.of("computing on the CPU, not on cuda:0: " + why), said);
    assertRefused(
        () -> devices(driver).resolve("cuda:0"), "--device cuda:0 cannot be used: " + why);
  }

  private void setUp() throws IOException {
    Path library = TorchFolder.wheel(folder.resolve("torch"), "2.7.1+cu126");
    environment = Map.of(CudaSets.VARIABLE, library.toString());
  }

  private static Driver gpus(int count) {
    return new Driver(true, Optional.of(count), Optional.empty());
  }

  private Devices devices(Driver driver) {
    return new Devices(
        driver,
        new VisibleGpus(visible, uuids),
        new CudaSets(environment, folder.resolve("cache")),
        trial,
        said::add);
  }
}
