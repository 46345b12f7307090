package org.peftbench.cuda;

import com.sun.jna.NativeLibrary;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The C library of this machine.
 *
 * @param major such as 2
 * @param minor such as 35
 */
record Glibc(int major, int minor) {

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  /** This machine's; empty if it has another C library. */
  static Optional<Glibc> here() {
    try {
      return of(
          NativeLibrary.getInstance("c")
              .getFunction("gnu_get_libc_version")
              .invokeString(new Object[0], false));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }

  static Optional<Glibc> of(String version) {
    Matcher matcher = VERSION.matcher(version);
    return matcher.matches()
        ? Optional.of(
            new Glibc(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  boolean atLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }

  @Override
  public String toString() {
    return "glibc " + major + "." + minor;
  }
}
