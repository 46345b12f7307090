package org.peftbench.cuda;

import java.nio.file.Path;
import java.util.List;

/**
 * An artifact of Maven repositories with libraries of the CUDA set.
 *
 * <p>libtorch is built by bytedeco, without copies of NVIDIA's libraries. Those come from two of
 * its releases: repositories refuse a jar as large as the newer cuBLAS, cuDNN and cuSPARSE make,
 * and the older ones have the same interfaces. Its OpenBLAS stands for the MKL of other builds.
 *
 * @param artifact its id in the group org.bytedeco
 * @param version its version
 * @param classifier the platform that it is for
 * @param bytes its size
 * @param sha256 its hash
 * @param libraries what is needed of it: what libtorch asks the linker for, and what cuDNN and
 *     NVRTC open by name when they are used
 */
record MavenJar(
    String artifact,
    String version,
    String classifier,
    long bytes,
    String sha256,
    List<String> libraries) {

  static final String GROUP = "org.bytedeco";

  static final List<MavenJar> ALL =
      List.of(
          new MavenJar(
              "pytorch",
              "2.7.1-1.5.12",
              "linux-x86_64-gpu",
              615_519_857L,
              "ae03b1a186d512e46c89b5de7f7b3ff6dc7fcaee5efb042491655d9f38437293",
              List.of(
                  "libc10.so",
                  "libc10_cuda.so",
                  "libgomp.so.1",
                  "libtorch.so",
                  "libtorch_cpu.so",
                  "libtorch_cuda.so",
                  "libtorch_cuda_linalg.so")),
          new MavenJar(
              "openblas",
              "0.3.30-1.5.12",
              "linux-x86_64",
              19_709_636L,
              "d7a602fc3d3254fb51b7f75595f4cce0c0ef0799d8874c6efd3d8b45e4c4083a",
              List.of("libgfortran.so.5", "libopenblas.so.0", "libquadmath.so.0")),
          new MavenJar(
              "cuda-redist",
              "12.9-9.10-1.5.12",
              "linux-x86_64",
              362_212_464L,
              "1a6ec3603adc1a0e383d6a7286f5dec69ae929a16ec3548db29ea3a0d2358eca",
              List.of(
                  "libcudart.so.12",
                  "libcufft.so.11",
                  "libcufile.so.0",
                  "libcupti.so.12",
                  "libcurand.so.10",
                  "libnvJitLink.so.12",
                  "libnvrtc-builtins.so.12.9",
                  "libnvrtc.so.12")),
          new MavenJar(
              "cuda",
              "12.6-9.5-1.5.11",
              "linux-x86_64-redist",
              2_026_748_503L,
              "b9130f92e121c5ae39d93083b2db5305af3b53bab1ef232463e281593ebb74d0",
              List.of(
                  "libcublas.so.12",
                  "libcublasLt.so.12",
                  "libcudnn.so.9",
                  "libcudnn_adv.so.9",
                  "libcudnn_cnn.so.9",
                  "libcudnn_engines_precompiled.so.9",
                  "libcudnn_engines_runtime_compiled.so.9",
                  "libcudnn_graph.so.9",
                  "libcudnn_heuristic.so.9",
                  "libcudnn_ops.so.9",
                  "libcusolver.so.11",
                  "libcusparse.so.12")));

  /** The sum of what is not yet in a repository. */
  static long bytesToCome(List<MavenJar> jars, Path repository) {
    return jars.stream()
        .filter(jar -> jar.in(repository).toFile().length() != jar.bytes)
        .mapToLong(MavenJar::bytes)
        .sum();
  }

  private Path in(Path repository) {
    return repository
        .resolve(GROUP.replace('.', '/'))
        .resolve(artifact)
        .resolve(version)
        .resolve(file());
  }

  /** The name of its file. */
  String file() {
    return artifact + "-" + version + "-" + classifier + ".jar";
  }
}
