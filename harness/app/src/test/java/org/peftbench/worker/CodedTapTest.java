package org.peftbench.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;
import org.peftbench.weights.ElementType;
import org.peftbench.weights.RawTensor;
import org.peftbench.weights.SafetensorsFile;
import org.peftbench.weights.SafetensorsWriter;
import org.peftbench.weights.TensorInfo;
import org.peftbench.wire.FeatureType;

class CodedTapTest {

  @TempDir Path folder;

  @Test
  void aTokenHasItsOwnScale() throws Exception {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] values = {
        127, -63.6f, 0, 0.4f, /* token 2 */ 0, 0, 0, 0, /* image 2 */ 1, 2.1f, 3, -4, 0.1f, 0.1f,
        -0.1f, 0.06f
      };
      NDArray tap = manager.create(values, new Shape(2, 2, 4));
      try (SafetensorsFile file = written(CodedTap.of(0, tap, FeatureType.INT8), 0, 2)) {
        assertArrayEquals(
            new long[] {127, -64, 0, 0, 0, 0, 0, 0, 32, 67, 95, -127, 127, 127, -127, 76},
            file.readLongs("tap_0"));
        assertArrayEquals(
            new float[] {1, 0, 4 / 127f, 0.1f / 127f}, file.read("tap_0.scale"), 1e-9f);
        assertEquals(List.of(2L, 2L), shape(file, "tap_0.scale"));
      }
      try (SafetensorsFile second = written(CodedTap.of(0, tap, FeatureType.INT8), 1, 1)) {
        assertArrayEquals(
            new long[] {32, 67, 95, -127, 127, 127, -127, 76}, second.readLongs("tap_0"));
        assertEquals(List.of(1L, 2L, 4L), shape(second, "tap_0"));
      }
    }
  }

  @Test
  void aRepresentationHasOneScaleAnImage() throws Exception {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray tap = manager.create(new float[] {1.1f, -2, 4.2f, 8}, new Shape(2, 2));
      try (SafetensorsFile file = written(CodedTap.of(0, tap, FeatureType.INT8), 0, 2)) {
        assertEquals(List.of(2L), shape(file, "tap_0.scale"));
        assertArrayEquals(new long[] {70, -127, 67, 127}, file.readLongs("tap_0"));
      }
      try (SafetensorsFile file = written(CodedTap.of(0, tap, FeatureType.FLOAT32), 1, 1)) {
        assertArrayEquals(new float[] {4.2f, 8}, file.read("tap_0"));
      }
    }
  }

  @Test
  void whatFloat16CannotHoldIsRefused() throws Exception {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray tap = manager.create(new float[] {1.0004f, -65504}, new Shape(1, 2));
      try (SafetensorsFile file = written(CodedTap.of(0, tap, FeatureType.FLOAT16), 0, 1)) {
        assertArrayEquals(new float[] {1, -65504}, file.read("tap_0"));
      }
      NDArray large = manager.create(new float[] {-65536, 0}, new Shape(1, 2));
      assertThrows(WrongInputException.class, () -> CodedTap.of(0, large, FeatureType.FLOAT16));
    }
  }

  @Test
  void bytesThatAreNoTensorAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new RawTensor(
                new TensorInfo(ElementType.F32, List.of(2L)),
                ByteBuffer.allocate(7).order(ByteOrder.LITTLE_ENDIAN)));
  }

  private static List<Long> shape(SafetensorsFile file, String tensor) {
    return Objects.requireNonNull(file.tensors().get(tensor)).shape();
  }

  private SafetensorsFile written(List<CodedTap> coded, int first, int images) throws Exception {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    coded.forEach(tap -> tensors.put(tap.name(), tap.slice(tap.bytes(), first, images)));
    Path file = folder.resolve("shard-" + System.nanoTime());
    SafetensorsWriter.write(file, tensors);
    return SafetensorsFile.open(file);
  }
}
