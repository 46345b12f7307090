package org.peftbench.methods.fact;

import ai.djl.ndarray.NDArray;
import org.peftbench.model.Init;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;

/**
 * FacT-TT: {@code core} (R * tiles of the output, R * tiles of the input), Kaiming uniform, is the
 * layer's own.
 */
final class TtLinear extends FactLinear {

  TtLinear(Part base, Factors factors, Layer layer, ViTConfig backbone) {
    super(base, factors, layer, backbone);
    long rank = factors.rank();
    parameter(
        "core",
        Init.kaimingUniform(),
        rank * layer.outputs(backbone),
        rank * layer.inputs(backbone));
  }

  @Override
  NDArray core() {
    return value("core");
  }
}
