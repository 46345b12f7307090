package org.peftbench.run;

import java.time.Instant;
import org.peftbench.link.Message;
import org.peftbench.measure.HostFacts;
import org.peftbench.result.Provenance;

/**
 * What stays the same for all records of a run.
 *
 * @param facts of the machine
 * @param version of the harness
 * @param commit of the harness
 * @param threads engine threads of each child
 */
public record Host(HostFacts facts, String version, String commit, int threads) {

  Provenance provenance(Instant startedAt, Message.Engine engine, String memoryMethod) {
    return new Provenance(
        startedAt.toString(),
        version,
        commit,
        engine.name(),
        engine.build(),
        Runtime.version().toString(),
        facts.os(),
        facts.cpu(),
        engine.threads(),
        engine.accelerator(),
        memoryMethod);
  }
}
