package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.peftbench.adapter.AdapterFile;
import org.peftbench.cell.Cell;
import org.peftbench.link.Blueprint;
import org.peftbench.model.Precision;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.training.Learner;

/** Puts together what a cell had trained, from its adapter. */
final class AdaptedNetwork {

  private AdaptedNetwork() {}

  /** Builds the network and gives it the values of the adapter's file. */
  static Learner load(Blueprint network, String file, Precision precision, NDManager manager) {
    Cell cell = network.cell();
    try (AdapterFile adapter = AdapterFile.open(Path.of(file))) {
      VisionTransformer backbone = new BackboneLoader(network, manager).load();
      MethodRegistry registry = MethodRegistry.of(network.jar());
      Learner learner =
          registry.bind(cell.method()).attach(backbone, network.classes()).in(precision);
      learner.initialize(manager, cell.seed());
      adapter.load(learner.trained(), manager);
      return learner;
    }
  }
}
