package org.peftbench.adapter;

import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import org.peftbench.WrongInputException;
import org.peftbench.weights.FloatTensor;
import org.peftbench.weights.SafetensorsFile;
import org.peftbench.weights.TensorInfo;

/** Copies the engine's parameters into tensors of a file, and reads them back. */
public final class ParameterValues {

  private ParameterValues() {}

  /** A copy of a parameter's values, with its shape. */
  public static FloatTensor of(Parameter parameter) {
    return new FloatTensor(shape(parameter), parameter.getArray().toFloatArray());
  }

  /**
   * The values that a parameter is to have.
   *
   * @throws WrongInputException if the file has no such tensor, or it has another shape
   */
  public static float[] read(SafetensorsFile file, String name, Parameter parameter) {
    TensorInfo info = file.tensors().get(name);
    List<Long> expected = shape(parameter);
    if (info == null || !info.shape().equals(expected)) {
      throw new WrongInputException(
          "%s: tensor '%s' is %s, expected %s"
              .formatted(file.path(), name, info == null ? "missing" : info.shape(), expected));
    }
    return file.read(name);
  }

  private static List<Long> shape(Parameter parameter) {
    return Arrays.stream(parameter.getShape().getShape()).boxed().toList();
  }
}
