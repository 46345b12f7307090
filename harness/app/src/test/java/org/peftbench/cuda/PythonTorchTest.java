package org.peftbench.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows {@code --from python}; a script stands for the interpreter. */
class PythonTorchTest {

  @TempDir Path folder;
  private Path library;

  @BeforeEach
  void wheel() throws IOException {
    library = TorchFolder.wheel(folder.resolve("site-packages/torch"), "2.7.1+cu126");
  }

  @Test
  void torchsFolderItsLibAndSitePackagesAreAllTheSame() throws Exception {
    for (String given :
        new String[] {"site-packages", "site-packages/torch", "site-packages/torch/lib"}) {
      assertEquals(library, PythonTorch.libraries(folder.resolve(given)).normalize(), given);
    }
  }

  @Test
  void anInterpreterAndItsEnvironmentAreAsked() throws Exception {
    Path python = python("echo " + library.getParent());
    assertEquals(library, PythonTorch.libraries(python));
    assertEquals(library, PythonTorch.libraries(folder.resolve("venv")));
  }

  @Test
  void aPythonWithoutTorchAndWhatIsNoPythonAreRefused() throws Exception {
    Path python = python("echo");
    assertRefused(
        () -> PythonTorch.libraries(python),
        "--from python " + python + " has no PyTorch; pip install torch==2.7.1 brings it there");
    Path broken = python("exit 1");
    assertRefused(() -> PythonTorch.libraries(broken), broken + " does not run as a Python");
    Path absent = folder.resolve("absent");
    assertRefused(
        () -> PythonTorch.libraries(absent),
        "--from python " + absent + " is neither a Python nor a folder of PyTorch; give, for");
  }

  @Test
  void whatDoesNotEndOrDoesNotStopSpeakingIsNoPython() throws Exception {
    for (String text : new String[] {"sleep 1000", "exec 1>&-; exec sleep 1000", "exec yes"}) {
      Path python = python(text);
      assertRefused(() -> PythonTorch.libraries(python, 1), python + " does not run as a Python");
    }
  }

  private Path python(String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("venv/bin")).resolve("python");
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
