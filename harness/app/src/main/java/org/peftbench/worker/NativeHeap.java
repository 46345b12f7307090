package org.peftbench.worker;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.Optional;

/**
 * Gives freed memory back to the system, so that a phase is not charged for what the phase before
 * it had freed: allocators keep such pages, and the resident set counts them.
 */
final class NativeHeap {

  private interface LibC extends Library {
    int malloc_trim(long keepBytes);
  }

  // Only glibc keeps freed pages and has a call that returns them.
  private static final Optional<LibC> GLIBC = glibc();

  private NativeHeap() {}

  /** Collects Java's garbage, whose buffers hold native memory, then trims the C heap. */
  static void settle() {
    System.gc();
    GLIBC.ifPresent(libc -> libc.malloc_trim(0));
  }

  private static Optional<LibC> glibc() {
    if (!Platform.isLinux()) {
      return Optional.empty();
    }
    try {
      NativeLibrary.getInstance("c").getFunction("gnu_get_libc_version");
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
    return Optional.of(Native.load("c", LibC.class));
  }
}
