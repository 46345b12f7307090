package org.peftbench.measure.nvml;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The processes with a compute context on a device.
 *
 * <p>How long an entry is depends on the driver: 16 bytes (pid, memory), 24 (with the MIG
 * instance), or 32 in the first drivers of branch 535, under the name of a function whose entries
 * have 24 bytes elsewhere. So the length is not taken from the name; it is measured by what the
 * driver overwrites. Pid and memory are at the same place in all of them.
 */
final class ProcessList {

  private static final List<String> NEWEST_FIRST =
      List.of(
          "nvmlDeviceGetComputeRunningProcesses_v3",
          "nvmlDeviceGetComputeRunningProcesses_v2",
          "nvmlDeviceGetComputeRunningProcesses");

  private static final List<Integer> ENTRY_BYTES = List.of(16, 24, 32);
  private static final int LONGEST_ENTRY = 32;
  private static final int MEMORY_OFFSET = 8;

  /** Neither zero nor all ones, so no entry ends with it. */
  private static final byte UNTOUCHED = (byte) 0xA5;

  private static final int FIRST_CAPACITY = 64;
  private static final int LARGEST_CAPACITY = 1 << 16;

  private ProcessList() {}

  /** Lists them; empty if the driver does not tell, which is not the same as no process. */
  static Optional<List<GpuProcess>> read(Device device) throws NvmlException {
    String symbol = device.library().newest(NEWEST_FIRST);
    int capacity = FIRST_CAPACITY;
    while (capacity <= LARGEST_CAPACITY) {
      int[] count = {capacity};
      byte[] entries = new byte[capacity * LONGEST_ENTRY];
      Arrays.fill(entries, UNTOUCHED);
      int code = device.library().call(symbol, device.handle(), count, entries);
      if (code != NvmlLibrary.INSUFFICIENT_SIZE) {
        return device.library().told(code, symbol) ? parse(count[0], entries) : Optional.empty();
      }
      // Processes come between two calls: twice what was asked for is offered next.
      capacity = 2 * Math.max(capacity, Math.min(count[0], LARGEST_CAPACITY));
    }
    return Optional.empty();
  }

  private static Optional<List<GpuProcess>> parse(int count, byte[] entries) {
    if (count == 0) {
      return Optional.of(List.of());
    }
    int written = entries.length;
    while (written > 0 && entries[written - 1] == UNTOUCHED) {
      written--;
    }
    if (count < 0 || written % count != 0 || !ENTRY_BYTES.contains(written / count)) {
      return Optional.empty(); // a layout that nobody has published
    }
    ByteBuffer view = ByteBuffer.wrap(entries).order(ByteOrder.nativeOrder());
    List<GpuProcess> processes = new ArrayList<>();
    for (int at = 0; at < written; at += written / count) {
      processes.add(
          new GpuProcess(
              Integer.toUnsignedLong(view.getInt(at)),
              Optional.of(view.getLong(at + MEMORY_OFFSET)).filter(bytes -> bytes > 0)));
    }
    return Optional.of(processes);
  }
}
