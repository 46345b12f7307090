package org.peftbench.measure;

import oshi.SystemInfo;

/**
 * The machine a cell runs on.
 *
 * @param os operating system and version
 * @param cpu processor name
 * @param cores physical cores
 * @param memoryBytes main memory
 */
public record HostFacts(String os, String cpu, int cores, long memoryBytes) {

  /** Reads this machine's. */
  public static HostFacts read() {
    SystemInfo system = new SystemInfo();
    return new HostFacts(
        system.getOperatingSystem().toString(),
        system.getHardware().getProcessor().getProcessorIdentifier().getName().strip(),
        system.getHardware().getProcessor().getPhysicalProcessorCount(),
        system.getHardware().getMemory().getTotal());
  }
}
