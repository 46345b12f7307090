package org.peftbench.edge;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bytes by the counters of a network's interfaces, with all that TCP/IP adds.
 *
 * @param up sent
 * @param down received
 */
record NetworkBytes(long up, long down) {

  private static final String LOOPBACK = "lo";
  private static final int SENT = 8;

  /** Whether this process shares its network with no others than those that began it. */
  static boolean areOwn() {
    try {
      Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
      Set<Long> family = family();
      return ProcessHandle.allProcesses()
          .map(ProcessHandle::pid)
          .noneMatch(pid -> !family.contains(pid) && isIn(own, pid));
    } catch (IOException e) {
      return false; // not Linux
    }
  }

  /** All until now, of everybody in this network; empty where nobody counts. */
  static Optional<NetworkBytes> read() {
    try {
      return of(Files.readAllLines(Path.of("/proc/self/net/dev")), counted());
    } catch (IOException e) {
      return Optional.empty(); // not Linux
    }
  }

  private static Set<Long> family() {
    return Stream.iterate(
            Optional.of(ProcessHandle.current()),
            Optional::isPresent,
            one -> one.flatMap(ProcessHandle::parent))
        .map(one -> one.orElseThrow().pid())
        .collect(Collectors.toSet());
  }

  private static boolean isIn(Path network, long pid) {
    try {
      return network.equals(Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")));
    } catch (IOException e) {
      return false; // it has ended, or is not for us to know
    }
  }

  /** Loopback counts where nothing else is up. */
  private static Set<String> counted() throws SocketException {
    Set<String> names = new HashSet<>();
    for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
      if (one.isUp() && !one.isLoopback()) {
        names.add(one.getName());
      }
    }
    return names.isEmpty() ? Set.of(LOOPBACK) : names;
  }

  /**
   * Reads counters as Linux prints them.
   *
   * @param lines {@code name: received bytes, 7 other numbers, sent bytes, ...}
   * @param names of the interfaces that count
   */
  static Optional<NetworkBytes> of(List<String> lines, Set<String> names) {
    Optional<NetworkBytes> all = Optional.empty();
    for (String line : lines) {
      int colon = line.indexOf(':');
      String[] numbers = line.substring(colon + 1).strip().split("\\s+", -1);
      if (colon > 0 && numbers.length > SENT && names.contains(line.substring(0, colon).strip())) {
        NetworkBytes before = all.orElse(new NetworkBytes(0, 0));
        all =
            Optional.of(
                new NetworkBytes(
                    before.up + Long.parseLong(numbers[SENT]),
                    before.down + Long.parseLong(numbers[0])));
      }
    }
    return all;
  }
}
