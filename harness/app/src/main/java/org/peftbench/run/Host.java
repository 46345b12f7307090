package org.peftbench.run;

import java.time.Instant;
import java.util.Optional;
import org.peftbench.child.CoreSet;
import org.peftbench.link.Message;
import org.peftbench.measure.HostFacts;
import org.peftbench.result.Provenance;

/**
 * What stays the same for all records of a run.
 *
 * @param facts of the machine
 * @param version of the harness
 * @param commit of the harness
 */
public record Host(HostFacts facts, String version, String commit) {

  Provenance provenance(
      Instant startedAt, Message.Engine engine, Optional<CoreSet> cores, String memoryMethod) {
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
        cores.map(CoreSet::toString),
        engine.accelerator(),
        memoryMethod);
  }
}
