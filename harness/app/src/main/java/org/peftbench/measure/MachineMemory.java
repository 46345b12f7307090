package org.peftbench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much memory programs may have: the machine's, or a container's share of it. */
public final class MachineMemory {

  private MachineMemory() {}

  /** All of it, in bytes, whoever holds it now. */
  public static long bytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
