package org.peftbench.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.link.BindOrder;
import org.peftbench.link.Message;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plugin.MethodBinding;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.plugin.PluginJar;
import org.peftbench.result.Failure;
import org.peftbench.result.Json;
import org.peftbench.training.Learner;

/**
 * Main class of a child that asks a jar's methods what they are, so that nobody else has to run
 * their code. It ends with its parent's line to it.
 */
public final class ProbeWorker {

  private static final int CLASSES = 2;

  private ProbeWorker() {}

  /** Reads a jar in the first line of standard input, and a {@link BindOrder} in each other. */
  public static void main(String[] args) {
    Worker.serve(ProbeWorker::run);
  }

  private static Message run(Parent parent) throws JsonProcessingException {
    PluginJar jar = Json.MAPPER.readValue(parent.receive(), PluginJar.class);
    MethodRegistry methods = MethodRegistry.of(Optional.of(jar));
    parent.send(new Message.Described(methods.describe()));
    while (true) {
      BindOrder order = Json.MAPPER.readValue(parent.receive(), BindOrder.class);
      parent.send(bind(methods, order));
    }
  }

  private static Message bind(MethodRegistry methods, BindOrder order) {
    MethodBinding binding;
    try {
      binding = methods.bind(order.id(), order.given(), order.backbone());
    } catch (WrongInputException e) {
      return new Message.Failed(Failure.Reason.WRONG_INPUT, Worker.message(e));
    }
    // Built once without values: what is going to fail or hang does so here, and not in a cell.
    VisionTransformer backbone = new VisionTransformer(order.backbone());
    Learner learner = methods.bind(binding.choice()).attach(backbone, CLASSES);
    if (learner.trainableParameters() != binding.trainableParameters()) {
      throw new IllegalStateException(
          "%s trains %d values on this backbone, and says %d"
              .formatted(order.id(), learner.trainableParameters(), binding.trainableParameters()));
    }
    return new Message.Bound(binding);
  }
}
