package org.peftbench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether pids mean the same to this program and to a driver, which counts as the host does. */
final class PidNamespace {

  private static final Path OWN = Path.of("/proc/self/ns/pid");

  /** The namespace that Linux starts with always has this number. */
  private static final String HOSTS = "pid:[4026531836]";

  private PidNamespace() {}

  /** Whether this program surely is in no container with pids of its own. */
  static boolean isTheHosts() {
    try {
      return Files.readSymbolicLink(OWN).toString().equals(HOSTS);
    } catch (IOException e) {
      return false; // no Linux, or one that hides it
    }
  }
}
