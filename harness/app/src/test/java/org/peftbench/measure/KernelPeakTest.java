package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Measures a process that allocates what it is told to. */
@EnabledOnOs(OS.LINUX)
class KernelPeakTest {

  private static final long MIB = 1 << 20;

  @Test
  void allocationIsInItsPhasesPeakAndNotInTheNext() throws Exception {
    try (Child child = new Child();
        ResidentPeak peak = ResidentPeak.of(child.process.pid())) {
      assertEquals("vmhwm", peak.method());
      long idle = peak.bytes().orElseThrow();
      peak.reset();
      child.tell("200");
      long busy = peak.bytes().orElseThrow();
      assertTrue(busy - idle > 190 * MIB && busy - idle < 260 * MIB, idle + " then " + busy);
      child.tell("0");
      // The kernel counts pages for each processor apart and adds up roughly: some MiB may be off.
      long freed = peak.bytes().orElseThrow();
      assertTrue(freed > busy - 20 * MIB, busy + " fell by itself to " + freed);
      peak.reset();
      long after = peak.bytes().orElseThrow();
      assertTrue(busy - after > 190 * MIB, busy + " then " + after);
    }
  }

  @Test
  void processThatHasGoneHasNoPeak() throws Exception {
    Child child = new Child();
    ResidentPeak peak = ResidentPeak.of(child.process.pid());
    child.close();
    assertEquals(Optional.empty(), peak.bytes());
    peak.reset();
    assertEquals(Optional.empty(), peak.bytes());
    peak.close();
  }

  @Test
  void samplingSeesWhatStaysForAWhile() throws Exception {
    try (Child child = new Child();
        ResidentPeak peak = new SampledPeak(child.process.pid())) {
      assertEquals("sampled", peak.method());
      long idle = peak.bytes().orElseThrow();
      child.tell("200");
      assertTrue(peak.bytes().orElseThrow() - idle > 190 * MIB);
      child.tell("0");
      peak.reset();
      assertTrue(peak.bytes().orElseThrow() < idle + 100 * MIB);
    }
  }

  /** A JVM that holds as many MiB off the heap as it was last told, and says so. */
  private static final class Child implements AutoCloseable {

    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    Child() throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-XX:+UseSerialGC",
                  "-XX:MaxDirectMemorySize=1g",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Holder.class.getName())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      in = process.outputWriter(StandardCharsets.UTF_8);
      out = process.inputReader(StandardCharsets.UTF_8);
      assertEquals("0", out.readLine());
    }

    void tell(String mebibytes) throws IOException {
      in.write(mebibytes + "\n");
      in.flush();
      assertEquals(mebibytes, out.readLine());
    }

    @Override
    public void close() throws IOException {
      in.close();
      process.onExit().join();
    }
  }

  /** Main class of the child. */
  static final class Holder {

    private Holder() {}

    public static void main(String[] args) throws IOException {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      long held = 0;
      System.out.println(0);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (held != 0) {
          Native.free(held);
        }
        long bytes = Long.parseLong(line) * MIB;
        held = bytes == 0 ? 0 : Native.malloc(bytes);
        if (held != 0) {
          new Pointer(held).setMemory(0, bytes, (byte) 1);
        }
        System.out.println(line);
      }
    }
  }
}
