package org.peftbench.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a folder of PyTorch's libraries is, or why it is none that can be used. */
class CudaSetTest {

  private static final String VARIABLE = CudaSets.VARIABLE;

  @TempDir Path folder;
  private Path torch;

  @BeforeEach
  void name() {
    torch = folder.resolve("torch");
  }

  @ParameterizedTest
  @CsvSource({"2.7.1+cu126, 2.7.1+cu126", "2.7.1+cu128, 2.7.1+cu128", "2.7.1, 2.7.1+cu126"})
  void aWheelSaysItsBuild(String version, String build) throws IOException {
    assertEquals(build, open(TorchFolder.wheel(torch, version)).build());
  }

  @Test
  void aLibtorchSaysItsBuildBesideOrAmongItsLibraries() throws IOException {
    Path library = TorchFolder.libraries(torch, true);
    Files.writeString(library.resolve("build-version"), "2.7.1+maven-cu129\n");
    assertEquals("2.7.1+maven-cu129", open(library).build());
    Files.writeString(torch.resolve("build-version"), "2.7.1+cu128\n");
    assertEquals("2.7.1+cu128", open(library).build());
    Files.writeString(torch.resolve("build-version"), "unknown\n");
    assertEquals("2.7.1+maven-cu129", open(library).build(), "a file that says nothing");
  }

  @Test
  void aFolderOfDjlsCacheSaysItByItsName() throws IOException {
    Path library = TorchFolder.libraries(torch, true);
    Path named = Files.move(library, torch.resolve("2.7.1-cu128-linux-x86_64"));
    assertEquals("2.7.1+cu128-djl", open(named).build());
    Path older = Files.move(named, torch.resolve("2.5.1-20250103-cu124-linux-x86_64"));
    assertRefused(() -> open(older), older + " holds PyTorch 2.5.1+cu124-djl; this program needs");
  }

  @ParameterizedTest
  @CsvSource({"2.11.0+cu130", "2.7.0a0+7c8ec84", "2.7.10", "2.7.2+cu128"})
  void anotherVersionIsRefused(String version) throws IOException {
    Path library = TorchFolder.wheel(torch, version);
    assertRefused(
        () -> open(library),
        "PYTORCH_LIBRARY_PATH: " + library + " holds PyTorch 2.",
        "; this program needs 2.7.1, any other crashes");
  }

  @Test
  void aBuildForAnotherCudaIsRefused() throws IOException {
    Path named = TorchFolder.wheel(torch, "2.7.1+cu118");
    assertRefused(
        () -> open(named),
        named + " holds PyTorch 2.7.1+cu118, built for CUDA 11; expected a build for CUDA 12");
    Path version = torch.resolve("version.py");
    for (String build : new String[] {"2.7.1", "2.7.1+local"}) {
      Files.writeString(version, "__version__ = '" + build + "'\ncuda: Optional[str] = '11.8'\n");
      assertRefused(() -> open(named), " holds PyTorch " + build, "cu118, built for CUDA 11;");
    }
  }

  @Test
  void whatIsNoPathIsRefused() {
    assertRefused(
        () -> CudaSet.open("a\0b", VARIABLE),
        "PYTORCH_LIBRARY_PATH names no folder (Nul character");
  }

  @Test
  void anUnknownVersionIsRefused() throws IOException {
    Path library = TorchFolder.libraries(torch, true);
    assertRefused(() -> open(library), library + " holds PyTorch of unknown version; this program");
  }

  @Test
  void aBuildForTheCpuAloneIsNamedAsSuch() throws IOException {
    Path library = TorchFolder.libraries(torch, false);
    Files.writeString(torch.resolve("build-version"), "2.7.1+cpu");
    assertRefused(
        () -> open(library),
        library
            + " holds PyTorch 2.7.1+cpu, which has no libtorch_cuda.so and computes on the CPU");
  }

  @Test
  void aFolderWithoutLibrariesAndSeveralFoldersAreRefused() throws IOException {
    Path absent = folder.resolve("absent");
    assertRefused(
        () -> open(absent), absent + " is no folder; expected the lib folder of a PyTorch");
    assertRefused(() -> open(folder), folder + " has no libtorch.so; expected the lib folder");
    Path library = TorchFolder.wheel(torch, "2.7.1");
    assertRefused(
        () -> CudaSet.open(library + ":/usr/lib", VARIABLE),
        "PYTORCH_LIBRARY_PATH names several folders, " + library + ":/usr/lib; expected one");
  }

  private static CudaSet open(Path library) {
    return CudaSet.open(library.toString(), VARIABLE);
  }
}
