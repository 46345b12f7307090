package org.peftbench.cuda;

import java.util.List;
import java.util.Locale;

/**
 * The way out of what libtorch and the linker say of a GPU that does not work.
 *
 * @param words what they say, in lower case
 * @param way what to do
 */
public record Cure(String words, String way) {

  private static final List<Cure> KNOWN =
      List.of(
          new Cure(
              "library version mismatch",
              "the driver was updated while it ran: restart the machine, or its kernel module"),
          new Cure(
              "no nvidia driver",
              "the driver's libcuda.so.1 is not to be found here: a container must be started with"
                  + " its GPUs (docker run --gpus all)"),
          new Cure(
              "driver version is insufficient",
              "update the NVIDIA driver; CUDA 12 needs 525 or newer"),
          new Cure("too old", "update the NVIDIA driver; CUDA 12 needs 525 or newer"),
          new Cure(
              "no kernel image",
              "this build has no machine code for this GPU; bench setup cuda with another --from has"
                  + " other builds"),
          new Cure("out of memory", "the GPU is full; bench doctor names who uses it"),
          new Cure(
              "busy or unavailable",
              "another process has it alone; bench doctor names who uses it"),
          new Cure(
              "glibc",
              "these libraries are for a newer system; bench setup cuda with another --from"),
          new Cure(
              "shared object file",
              "a library of the CUDA set is missing; bench setup cuda sets one up anew"));

  /**
   * Finds the way out.
   *
   * @param text what was said
   */
  public static String of(String text) {
    String said = text.toLowerCase(Locale.ROOT);
    return KNOWN.stream()
        .filter(cure -> said.contains(cure.words))
        .map(Cure::way)
        .findFirst()
        .orElse("bench doctor says what is here, bench setup cuda sets up another PyTorch");
  }
}
