package org.peftbench.edge;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.WrongInputException;
import org.peftbench.model.ViTConfig;
import org.peftbench.weights.ElementType;
import org.peftbench.weights.SafetensorsBytes;
import org.peftbench.weights.TensorInfo;

/**
 * The final LayerNorm of a backbone: all that a side network may use of it besides its taps.
 *
 * @param weight (D)
 * @param bias (D)
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, handed on and never compared
public record Norm(float[] weight, float[] bias) {

  /** The tensor of the weight. */
  public static final String WEIGHT = "norm.weight";

  /** The tensor of the bias. */
  public static final String BIAS = "norm.bias";

  static Norm read(byte[] safetensors, ViTConfig config) {
    try {
      SafetensorsBytes tensors = SafetensorsBytes.of("the cloud's norm", safetensors);
      if (!tensors.tensors().equals(tensors(config))) {
        throw new CloudException(
            "the cloud's norm is %s, expected %s and %s of %d float32"
                .formatted(
                    Words.printable(tensors.tensors().toString()), WEIGHT, BIAS, config.width()));
      }
      return new Norm(floats(tensors, WEIGHT), floats(tensors, BIAS));
    } catch (WrongInputException e) {
      throw new CloudException(Words.of(e), e);
    }
  }

  /** The tensors of a backbone's, each (D). */
  public static SortedMap<String, TensorInfo> tensors(ViTConfig config) {
    TensorInfo vector = new TensorInfo(ElementType.F32, List.of((long) config.width()));
    return new TreeMap<>(Map.of(WEIGHT, vector, BIAS, vector));
  }

  private static float[] floats(SafetensorsBytes tensors, String name) {
    FloatBuffer buffer = tensors.tensor(name).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new CloudException("the cloud's " + name + " has a value that is " + value);
      }
    }
    return values;
  }
}
