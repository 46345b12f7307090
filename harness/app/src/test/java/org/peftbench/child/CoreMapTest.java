package org.peftbench.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Device;

class CoreMapTest {

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  @TempDir Path folder;

  /**
   * Writes what Linux tells of a machine with two processors a core.
   *
   * @param sockets the socket of each core
   */
  private CoreMap machine(String allowed, int... sockets) throws IOException {
    int cores = sockets.length;
    for (int cpu = 0; cpu < 2 * cores; cpu++) {
      Path topology = Files.createDirectories(folder.resolve("cpu" + cpu + "/topology"));
      int core = cpu % cores;
      Files.writeString(
          topology.resolve("thread_siblings_list"), core + "," + (core + cores) + "\n");
      Files.writeString(topology.resolve("physical_package_id"), sockets[core] + "\n");
    }
    Files.writeString(folder.resolve("online"), "0-" + (2 * cores - 1) + "\n");
    Path status = folder.resolve("status");
    Files.writeString(status, "Name:\tjava\nCpus_allowed_list:\t" + allowed + "\nMems:\t0\n");
    return CoreMap.read(status, folder);
  }

  private static List<String> divided(CoreMap map, int sets) {
    return map.divided(sets).stream().map(CoreSet::toString).toList();
  }

  @Test
  void processorsOfOneCoreAreNeverInTwoSets() throws IOException {
    CoreMap map = machine("0-7", 0, 0, 0, 0);
    assertEquals(List.of("0-1,4-5", "2-3,6-7"), divided(map, 2));
    assertEquals(List.of("0,4", "1,5", "2,6"), divided(map, 3));
    assertEquals(List.of(), divided(map, 5));
  }

  @Test
  void aSetIsOfOneSocketWhereItCanBe() throws IOException {
    assertEquals(List.of("0,2,4,6", "1,3,5,7"), divided(machine("0-7", 0, 1, 0, 1), 2));
  }

  /** The list names processors that the machine has not got, as containers show it. */
  @Test
  void onlyProcessorsThatMayBeUsedAndRunAreDivided() throws IOException {
    assertEquals(List.of("1,5", "2"), divided(machine("1-2,5,64-127", 0, 0, 0, 0), 2));
  }

  @Test
  void whereNothingIsToldNothingIsDivided() throws IOException {
    assertEquals(List.of(), divided(CoreMap.read(folder.resolve("status"), folder), 1));
    Path status = Files.writeString(folder.resolve("status"), "Name:\tjava\n");
    assertEquals(List.of(), divided(CoreMap.read(status, folder), 1));
  }

  @Test
  void aChildIsKeptToItsProcessors() throws Exception {
    List<CoreSet> sets = CoreMap.divide(1);
    assumeTrue(sets.size() == 1, "this system keeps no process to its cores");
    CoreSet one = new CoreSet(List.of(sets.get(0).processors().get(0)));
    assertTrue(one.works());
    Process child =
        ChildLaunch.start(
            Natives.OF_CPU,
            new Place(Device.CPU, Optional.of(one)),
            new Family(),
            TEMPORARY,
            1,
            128,
            Told.class);
    assertEquals("Cpus_allowed_list:\t" + one + "\n", said(child));
  }

  private static String said(Process child) throws IOException {
    return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A child that says which processors it may use. */
  static final class Told {

    private Told() {}

    public static void main(String[] args) throws IOException {
      try (var lines = Files.lines(Path.of("/proc/self/status"))) {
        lines.filter(line -> line.startsWith("Cpus_allowed_list")).forEach(System.out::println);
      }
    }
  }

  @Test
  void processorsThatAreNotThereAreFoundOut() throws InterruptedException {
    assertEquals(false, new CoreSet(List.of(4_000)).works());
  }
}
