package org.peftbench.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import org.peftbench.model.TorchScript;

/**
 * Turns one type into another as part of the graph; DJL's own {@code toType} ends the graph. DJL
 * has a name for bfloat16 but ends the JVM where it makes such an array; what PyTorch makes, it
 * hands on unseen.
 */
final class Cast {

  // Numbers of c10::ScalarType.
  private static final TorchScript SCRIPT =
      TorchScript.compile(
          """
            def float32(self: __torch__.M, x: Tensor) -> Tensor:
              return torch.to(x, 6)
            def bfloat16(self: __torch__.M, x: Tensor) -> Tensor:
              return torch.to(x, 15)
          """);

  private Cast() {}

  /** The array in float32; itself if it is that. */
  static NDArray float32(NDArray array) {
    return array.getDataType() == DataType.FLOAT32 ? array : cast("float32", array);
  }

  /** The array in bfloat16. */
  static NDArray bfloat16(NDArray array) {
    return cast("bfloat16", array);
  }

  private static NDArray cast(String type, NDArray array) {
    return SCRIPT.call(type, new NDList(array)).singletonOrThrow();
  }
}
