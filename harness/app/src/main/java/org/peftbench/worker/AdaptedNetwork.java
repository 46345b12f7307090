package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.peftbench.adapter.AdapterFile;
import org.peftbench.cell.Cell;
import org.peftbench.link.WorkOrder;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.training.Learner;

/** Puts together what a cell had trained, from its adapter. */
final class AdaptedNetwork {

  private AdaptedNetwork() {}

  /** The learner of an order that has an adapter. */
  static Learner load(WorkOrder order, NDManager manager) {
    Cell cell = order.cell();
    try (AdapterFile adapter = AdapterFile.open(Path.of(order.adapter().orElseThrow()))) {
      VisionTransformer backbone = new BackboneLoader(order, manager).load();
      MethodRegistry registry = MethodRegistry.of(order.jar());
      Learner learner = registry.bind(cell.method()).attach(backbone, order.classes());
      learner.initialize(manager, cell.seed());
      adapter.load(learner.trained(), manager);
      return learner;
    }
  }
}
