package org.peftbench.worker;

import java.util.Optional;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.plugin.PluginJar;
import org.peftbench.training.Learner;

/** Asks a jar's methods what they are, so that nobody else has to run their code. */
final class JarProbe {

  private static final int CLASSES = 2;

  private final MethodRegistry methods;

  JarProbe(PluginJar jar) {
    this.methods = MethodRegistry.of(Optional.of(jar));
  }

  Message.Described describe() {
    return new Message.Described(methods.describe());
  }

  Message.Bound bind(Order.Bind order) {
    MethodFacts facts = methods.bind(order.id(), order.given(), order.backbone());
    // Built once without values: what is going to fail or hang does so here, and not in a cell.
    VisionTransformer backbone = new VisionTransformer(order.backbone());
    Learner learner = methods.bind(facts.choice()).attach(backbone, CLASSES);
    if (learner.trainableParameters() != facts.trainableParameters()) {
      throw new IllegalStateException(
          "%s trains %d values on this backbone, and says %d"
              .formatted(order.id(), learner.trainableParameters(), facts.trainableParameters()));
    }
    return new Message.Bound(facts);
  }
}
