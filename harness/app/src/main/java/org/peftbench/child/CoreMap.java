package org.peftbench.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The cores that this program may use, as Linux tells: processors of one core share its units. */
public final class CoreMap {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path SYSTEM = Path.of("/sys/devices/system/cpu");
  private static final String ALLOWED = "Cpus_allowed_list:";

  /** The processors of one core, and its socket's number. */
  private record Core(int socket, List<Integer> processors) {}

  private final List<Core> cores;

  private CoreMap(List<Core> cores) {
    this.cores = cores;
  }

  /** Reads this machine's; without cores where that is not told. */
  static CoreMap read() {
    return read(STATUS, SYSTEM);
  }

  static CoreMap read(Path status, Path system) {
    try (Stream<String> lines = Files.lines(status)) {
      String allowed =
          lines.filter(line -> line.startsWith(ALLOWED)).findFirst().orElse(ALLOWED).strip();
      TreeSet<Integer> left = new TreeSet<>(numbers(allowed.substring(ALLOWED.length()).strip()));
      left.retainAll(numbers(text(system, "online")));
      List<Core> cores = new ArrayList<>();
      while (!left.isEmpty()) {
        Path topology = system.resolve("cpu" + left.first() + "/topology");
        TreeSet<Integer> core = new TreeSet<>(numbers(text(topology, "thread_siblings_list")));
        core.retainAll(left);
        core.add(left.first());
        left.removeAll(core);
        cores.add(
            new Core(Integer.parseInt(text(topology, "physical_package_id")), List.copyOf(core)));
      }
      // Neighbours of one socket stay together: they share a cache and a memory.
      cores.sort(Comparator.comparing(Core::socket).thenComparing(core -> core.processors.get(0)));
      return new CoreMap(cores);
    } catch (IOException | NumberFormatException e) {
      return new CoreMap(List.of()); // no Linux, or one that hides it
    }
  }

  /**
   * Divides the cores into equal sets, none of which has a core in common with another. What does
   * not go into them is left to this program and to the system.
   *
   * @param sets how many
   * @return empty if there are fewer cores than sets, or this system keeps no process to its cores
   */
  public static List<CoreSet> divide(int sets) throws InterruptedException {
    List<CoreSet> divided = read().divided(sets);
    for (CoreSet set : divided) {
      if (!set.works()) {
        return List.of();
      }
    }
    return divided;
  }

  List<CoreSet> divided(int sets) {
    int each = cores.size() / sets;
    if (each == 0) {
      return List.of();
    }
    return IntStream.range(0, sets)
        .mapToObj(set -> cores.subList(set * each, (set + 1) * each))
        .map(part -> part.stream().flatMap(core -> core.processors.stream()).toList())
        .map(CoreSet::new)
        .toList();
  }

  private static String text(Path folder, String file) throws IOException {
    return Files.readString(folder.resolve(file)).strip();
  }

  /** The numbers of {@code 0-3,8}. */
  private static List<Integer> numbers(String list) {
    return Stream.of(list.split(",", -1))
        .filter(part -> !part.isEmpty())
        .map(part -> part.split("-", -1))
        .flatMap(
            ends ->
                IntStream.rangeClosed(
                        Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .boxed())
        .toList();
  }
}
