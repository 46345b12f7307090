package org.peftbench.result;

import java.util.Optional;

/**
 * What PyTorch's library says of itself, and what it was set to.
 *
 * @param version of the library
 * @param commit of PyTorch's source that it was built from; empty if it does not say
 * @param blas the library of matrix products on the CPU, such as {@code mkl}
 * @param cpuCapability the processor's instructions that it uses, such as {@code AVX512}
 * @param cuda version of CUDA that it was built with; empty for a build for CPUs
 * @param cudnn version of cuDNN; empty for a build for CPUs
 * @param tf32 whether products and convolutions in float32 were computed in TF32 on a GPU
 * @param attention the kernel that computed attention with a head dimension of 64 in training:
 *     {@code flash}, {@code memory-efficient}, {@code cudnn}, or {@code math}, which stores the
 *     weights of all pairs of tokens
 * @param allocator settings of PyTorch's allocator of GPU memory; empty for its defaults
 */
public record EngineBuild(
    String version,
    Optional<String> commit,
    Optional<String> blas,
    Optional<String> cpuCapability,
    Optional<String> cuda,
    Optional<String> cudnn,
    boolean tf32,
    String attention,
    Optional<String> allocator) {

  /** Checks that each is a word or a line. */
  public EngineBuild {
    Bounded.require("version", version, Bounded.NAME);
    Bounded.require("commit", commit, Bounded.NAME);
    Bounded.require("blas", blas, Bounded.NAME);
    Bounded.require("cpuCapability", cpuCapability, Bounded.NAME);
    Bounded.require("cuda", cuda, Bounded.NAME);
    Bounded.require("cudnn", cudnn, Bounded.NAME);
    Bounded.require("attention", attention, Bounded.NAME);
    Bounded.require("allocator", allocator, Bounded.LINE);
  }
}
