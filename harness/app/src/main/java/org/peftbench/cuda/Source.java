package org.peftbench.cuda;

import java.util.List;
import java.util.Locale;

/** Where a CUDA set can come from. */
public enum Source {
  PYTHON(
      0,
      "a PyTorch " + CudaSet.VERSION + " for CUDA 12 that a Python on this machine has",
      "nothing is fetched or copied; its place is remembered"),
  DJL(
      8_000_000_000L,
      "the build for CUDA 12.8 that DJL, the engine's maker, offers",
      "fetches some 3 to 4 GB and unpacks some 6 to 8 GB, an estimate, for DJL does not say it"
          + " before; an attempt that breaks off begins anew",
      "licences: PyTorch's (BSD-3-Clause); NVIDIA's CUDA Toolkit EULA and cuDNN SLA for the"
          + " libraries that come with it"),
  MAVEN(
      4_000_000_000L,
      "libtorch by bytedeco with CUDA 12.6 and 12.9 libraries, from Maven repositories, by this"
          + " machine's mvn and its settings",
      "fetches %,.1f GB, which stay in Maven's repository, and unpacks 3.8 GB; goes on, file by"
              .formatted(fetched() / 1e9)
          + " file, where an earlier attempt ended",
      "for GPUs from Maxwell to Hopper (sm_50 to sm_90); needs glibc 2.35 (Ubuntu 22.04, Debian 12)",
      "licences: PyTorch's and OpenBLAS's (BSD-3-Clause), libgfortran's and libgomp's (GPL-3.0 with"
          + " the GCC Runtime Library Exception); NVIDIA's CUDA Toolkit EULA and cuDNN SLA for"
          + " its libraries");

  private final long unpackedBytes;
  private final String notice;

  Source(long unpackedBytes, String... notice) {
    this.unpackedBytes = unpackedBytes;
    this.notice = String.join("\n", notice);
  }

  private static long fetched() {
    return MavenJar.ALL.stream().mapToLong(MavenJar::bytes).sum();
  }

  /** What it is, what it costs, and under which licences; one line each. */
  public List<String> notice() {
    return notice.lines().toList();
  }

  /** The most bytes that its libraries take. */
  long unpackedBytes() {
    return unpackedBytes;
  }

  /** The word for it on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
