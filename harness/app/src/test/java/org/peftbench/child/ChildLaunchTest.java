package org.peftbench.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Device;

class ChildLaunchTest {

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private static final String ARCHIVE = "bench.archive";

  /** Nothing that a child loads can then take memory of a neighbour's GPU. */
  @Test
  void aChildSeesItsOwnGpuAlone() throws IOException {
    assumeTrue(System.getenv(VISIBLE) == null, VISIBLE + " is set");
    assertEquals("3", visible("cuda:3"));
    assertEquals("null", visible("cpu"));
  }

  /** Java would complain of it on standard output, where messages go. */
  @Test
  void anArchiveThatIsNoneIsNotSpokenOf(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("child.jsa"), "no archive");
    System.setProperty(ARCHIVE, file.toString());
    try {
      assertEquals("null", visible("cpu"));
    } finally {
      System.clearProperty(ARCHIVE);
    }
  }

  private static String visible(String device) throws IOException {
    Process child =
        ChildLaunch.start(
            Natives.OF_CPU,
            new Place(Device.named(device), Optional.empty()),
            new Family(),
            TEMPORARY,
            1,
            128,
            Told.class);
    return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A child that says which GPUs it sees. */
  static final class Told {

    private Told() {}

    public static void main(String[] args) {
      System.out.print(System.getenv(VISIBLE));
    }
  }
}
