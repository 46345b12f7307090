package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Phase;
import org.peftbench.measure.nvml.FakeNvml;
import org.peftbench.result.GpuCost;

/**
 * Whole cells on two GPUs that a library plays: processes of this system, watched as cells are,
 * whose memory on the GPUs is what a file says, while readings are taken.
 */
@EnabledOnOs(OS.LINUX)
class PlayedGpuTest {

  private static final long MIB = 1 << 20;

  /** What a context takes; the driver counts it to the device, and most of it to the process. */
  private static final long CONTEXT = 480;

  @TempDir private Path folder;
  private Path script;
  private GpuMeters meters;
  private final List<AutoCloseable> opened = new ArrayList<>();

  /** MiB by the line that begins with a GPU and a pid. */
  private final Map<String, Long> held = new LinkedHashMap<>();

  @BeforeEach
  void play() throws IOException, InterruptedException {
    script = folder.resolve("gpus");
    rewrite();
    FakeNvml fake = FakeNvml.compile(folder).follow(script);
    meters = new GpuMeters(fake.path(), false, millis -> {});
  }

  @AfterEach
  void end() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  private void rewrite() throws IOException {
    List<String> lines = new ArrayList<>(List.of("gpus 2", "throttle 0"));
    for (int gpu = 0; gpu < 2; gpu++) {
      String here = "on " + gpu + " ";
      long used = 0;
      for (Map.Entry<String, Long> process : held.entrySet()) {
        if (process.getKey().startsWith(here)) {
          lines.add(process.getKey() + " " + process.getValue() * MIB);
          used += process.getValue() * MIB;
        }
      }
      lines.add(here + "used " + used);
    }
    FakeNvml.write(script, lines.toArray(String[]::new));
  }

  private void holds(int gpu, long pid, long mebibytes) throws IOException {
    String line = "on " + gpu + " process " + pid;
    if (mebibytes == 0) {
      held.remove(line);
    } else {
      held.put(line, mebibytes);
    }
    rewrite();
  }

  /** A child on a GPU, as a run has it: the meter is open before the process is there. */
  private final class Cell {

    final int gpu;
    final GpuMeter meter;
    final long pid;
    final Watch watch;

    Cell(int gpu) throws Exception {
      this.gpu = gpu;
      meter = meters.open(new GpuAddress(Integer.toString(gpu))).orElseThrow();
      opened.add(meter);
      Process child = new ProcessBuilder("sleep", "600").start();
      opened.add(child::destroy);
      pid = child.pid();
      watch = Watch.of(pid, meter);
      opened.add(watch);
    }

    void holds(long mebibytes) throws IOException {
      PlayedGpuTest.this.holds(gpu, pid, mebibytes);
    }

    /**
     * Lives through a phase: its allocator reserves what is asked for, keeps it, and gives it back
     * when the phase has been left.
     */
    Optional<Long> phase(Phase phase, long kept, long... reserved) throws Exception {
      for (long mebibytes : reserved) {
        holds(mebibytes);
        Thread.sleep(5); // shorter than the time between two readings
      }
      GpuCost cost = watch.leave(phase, 1).gpu().orElseThrow();
      holds(kept);
      watch.enter();
      return cost.peakProcessBytes().map(bytes -> bytes / MIB);
    }

    List<Optional<Long>> life() throws Exception {
      Optional<Long> start = phase(Phase.START, 0, 0);
      Optional<Long> engine = phase(Phase.ENGINE, CONTEXT, CONTEXT, CONTEXT + 32);
      return List.of(
          start,
          engine,
          phase(Phase.LOAD, CONTEXT + 330, CONTEXT + 330),
          phase(Phase.EXTRACT, CONTEXT + 330, CONTEXT + 600, CONTEXT + 4_000),
          phase(Phase.TRAIN, CONTEXT + 340, CONTEXT + 900, CONTEXT + 1_201),
          phase(Phase.TEST, CONTEXT + 340, CONTEXT + 700));
    }
  }

  private static final List<Optional<Long>> PEAKS =
      Stream.of(32L, 330L, 4_000L, 1_201L, 700L)
          .map(above -> Optional.of(CONTEXT + above))
          .toList();

  private static List<Optional<Long>> withoutStart(List<Optional<Long>> peaks) {
    assertEquals(Optional.empty(), peaks.get(0));
    return peaks.subList(1, peaks.size());
  }

  @Test
  void eachPhasesPeakIsRightToTheMebibyteAndNoneIsThatOfTheOneBefore() throws Exception {
    Cell cell = new Cell(0);
    assertEquals(PEAKS, withoutStart(cell.life()));
    assertEquals("pid", cell.watch.watched().gpu().orElseThrow().attribution());
    assertEquals(List.of(), cell.watch.taints());
  }

  @Test
  void aStrangersBytesAreNeverTheCells() throws Exception {
    Cell cell = new Cell(0);
    holds(0, 4_000_001, 1); // comes while the JVM starts
    List<Optional<Long>> peaks = new ArrayList<>();
    holds(0, 4_000_002, 20_000);
    peaks.addAll(cell.life());
    holds(0, 4_000_003, 30_000); // comes after
    peaks.add(cell.phase(Phase.INFERENCE, CONTEXT, CONTEXT + 800));
    assertEquals(Optional.of(CONTEXT + 800), peaks.remove(peaks.size() - 1));
    assertEquals(PEAKS, withoutStart(peaks));
    assertEquals(
        List.of("other processes used the GPU: 4000001, 4000002, 4000003"), cell.watch.taints());
  }

  @Test
  void aStrangerAloneOnTheGpuIsNotTheCell() throws Exception {
    Cell cell = new Cell(0);
    cell.phase(Phase.START, 0, 0);
    holds(0, 4_000_001, 2_000);
    assertEquals(Optional.empty(), cell.phase(Phase.ENGINE, 0, 0));
    assertEquals(Optional.empty(), cell.phase(Phase.TRAIN, 0, 0));
    assertEquals("none", cell.watch.watched().gpu().orElseThrow().attribution());
    assertEquals(List.of("other processes used the GPU: 4000001"), cell.watch.taints());
  }

  @Test
  void twoCellsOnTwoGpusDoNotTaintEachOther() throws Exception {
    Cell first = new Cell(0);
    Cell second = new Cell(1);
    holds(0, second.pid, 200); // a process may make a context on a GPU that it does not use
    assertEquals(PEAKS, withoutStart(first.life()));
    assertEquals(PEAKS, withoutStart(second.life()));
    assertEquals(List.of(), first.watch.taints());
    assertEquals(List.of(), second.watch.taints());
  }
}
