package org.peftbench.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which CUDA set is found. */
class CudaSetsTest {

  @TempDir Path folder;

  @Test
  void nothingIsFoundWhereNothingWasSetUp() {
    assertEquals(Optional.empty(), sets(Map.of()).find());
    assertEquals(Optional.empty(), sets(Map.of(CudaSets.VARIABLE, "")).find());
  }

  @Test
  void whatWasKeptIsFoundAgainAndTheEnvironmentComesFirst() throws IOException {
    CudaSet kept =
        CudaSet.open(
            TorchFolder.wheel(folder.resolve("kept"), "2.7.1+cu126").toString(), "--from python");
    sets(Map.of()).keep(kept);
    assertEquals(Optional.of(kept), sets(Map.of()).find());
    Path named = TorchFolder.wheel(folder.resolve("named"), "2.7.1+cu128");
    assertEquals(
        Optional.of(new CudaSet(named, "2.7.1+cu128", CudaSets.VARIABLE)),
        sets(Map.of(CudaSets.VARIABLE, named.toString())).find());
  }

  @Test
  void aKeptSetThatHasGoneOrChangedIsSaidWithTheWayOut() throws IOException {
    Path torch = folder.resolve("torch");
    Path library = TorchFolder.wheel(torch, "2.7.1+cu126");
    sets(Map.of()).keep(CudaSet.open(library.toString(), "--from python"));
    Files.writeString(torch.resolve("version.py"), "__version__ = '2.9.0'\n");
    assertRefused(
        () -> sets(Map.of()).find(),
        "--from python: " + library + " holds PyTorch 2.9.0",
        "; bench setup cuda sets one up anew");
    Files.delete(library.resolve("libtorch.so"));
    assertRefused(() -> sets(Map.of()).find(), "has no libtorch.so", "; bench setup cuda");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"library\":", "", "{}", "null", "[]", "{\"library\":null,\"origin\":\"x\"}"})
  void aDamagedNoteIsSaid(String text) throws IOException {
    Path note = note(text);
    assertRefused(
        () -> sets(Map.of()).find(), note + " is damaged; bench setup cuda writes it anew");
  }

  @Test
  void aNoteWithWhatIsNoPathIsSaidWithTheWayOut() throws IOException {
    note("{\"library\":\"/a\\u0000b\",\"origin\":\"--from python\"}");
    assertRefused(
        () -> sets(Map.of()).find(),
        "--from python names no folder",
        "; bench setup cuda sets one up anew");
  }

  private Path note(String text) throws IOException {
    Files.createDirectories(folder.resolve("cache"));
    return Files.writeString(folder.resolve("cache/in-use.json"), text);
  }

  private CudaSets sets(Map<String, String> environment) {
    return new CudaSets(environment, folder.resolve("cache"));
  }
}
