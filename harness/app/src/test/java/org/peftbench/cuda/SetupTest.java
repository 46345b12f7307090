package org.peftbench.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.image.Refusal.assertRefused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A set that no run would use is not set up. */
class SetupTest {

  @TempDir Path folder;
  private Path named;
  private Setup setup;

  @BeforeEach
  void name() throws Exception {
    named = TorchFolder.wheel(folder.resolve("named"), "2.7.1+cu126");
    Map<String, String> environment = Map.of(CudaSets.VARIABLE, named.toString());
    setup = new Setup(new CudaSets(environment, folder.resolve("cache")), line -> {});
  }

  @ParameterizedTest
  @EnumSource(names = {"DJL", "MAVEN"})
  void nothingIsFetchedWhereTheEnvironmentNamesAnother(Source source) {
    assertRefused(
        () -> setup.check(source),
        "PYTORCH_LIBRARY_PATH=" + named + " goes before what setup cuda keeps",
        " would use " + folder.resolve("cache").resolve(source.toString()) + "; unset it first");
  }

  @Test
  void aPythonsIsTakenWhereItIsTheOneThatIsNamed() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), named.getParent());
    assertEquals("2.7.1+cu126", setup.python(link).build());
    Path other = TorchFolder.wheel(folder.resolve("other"), "2.7.1+cu126");
    assertRefused(() -> setup.python(other), " no run would use " + other + "; unset it first");
  }
}
