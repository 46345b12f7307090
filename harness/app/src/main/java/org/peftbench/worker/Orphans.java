package org.peftbench.worker;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Keeps what a stranger's code starts below this process: where a process ends, Linux gives its
 * children to the nearest ancestor that takes them. So they can be found, and end with it.
 */
final class Orphans {

  private static final int PR_SET_CHILD_SUBREAPER = 36;

  private interface LibC extends Library {
    int prctl(int option, long value, long unused3, long unused4, long unused5);
  }

  private Orphans() {}

  static void adopt() {
    if (Platform.isLinux()) {
      LibC libc = Native.load("c", LibC.class);
      int unused = libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }
  }
}
