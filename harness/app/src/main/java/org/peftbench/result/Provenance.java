package org.peftbench.result;

import java.util.Optional;

/**
 * Where and with what a record was made.
 *
 * @param startedAt ISO-8601 instant
 * @param harness version of the harness
 * @param commit git commit of the harness, with {@code +dirty} after local changes; or {@code
 *     unknown}
 * @param engine engine and version, such as {@code PyTorch 2.7.1}
 * @param build what the engine's library says of itself; empty if that is not known
 * @param java Java version
 * @param os operating system
 * @param cpu processor name
 * @param threads engine threads
 * @param processors those that the cell was kept to beside cells on other GPUs, such as {@code
 *     0-7}; empty if it could use all
 * @param accelerator such as {@code cuda:0}; empty on a CPU
 * @param memoryMethod how peak memory was read: {@code vmhwm} (kernel's high-water mark, reset at
 *     each phase edge) or {@code sampled}
 */
public record Provenance(
    String startedAt,
    String harness,
    String commit,
    String engine,
    Optional<EngineBuild> build,
    String java,
    String os,
    String cpu,
    int threads,
    Optional<String> processors,
    String accelerator,
    String memoryMethod) {}
