package org.peftbench.measure.nvml;

import java.util.Optional;

/**
 * A device's memory, in bytes.
 *
 * @param total all of it
 * @param reserved what driver and firmware keep for themselves; empty if an old driver does not
 *     tell it apart, and then it is in {@code used}
 * @param used what is allocated, by whomever
 */
public record DeviceMemory(Optional<Long> total, Optional<Long> reserved, Optional<Long> used) {

  private static final String SECOND = "nvmlDeviceGetMemoryInfo_v2";
  private static final String FIRST = "nvmlDeviceGetMemoryInfo";

  /** Size of {@code nvmlMemory_v2_t}, whose first field names this size and the version. */
  private static final int SECOND_BYTES = 40;

  private static final int FIRST_BYTES = 24;

  static DeviceMemory read(Device device) throws NvmlException {
    if (device.library().has(SECOND)) {
      Optional<Reply> second =
          device.ask(SECOND, new Reply(SECOND_BYTES).with(0, SECOND_BYTES | 2 << 24));
      if (second.isPresent()) {
        return of(second.get(), 8, Optional.of(16), 32);
      }
    }
    Optional<Reply> first = device.ask(FIRST, new Reply(FIRST_BYTES));
    return first.isPresent()
        ? of(first.get(), 0, Optional.empty(), 16)
        : new DeviceMemory(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static DeviceMemory of(Reply reply, int total, Optional<Integer> reserved, int used) {
    return new DeviceMemory(
        reply.unsignedLong(total).filter(bytes -> bytes != 0),
        reserved.flatMap(reply::unsignedLong),
        reply.unsignedLong(used));
  }
}
