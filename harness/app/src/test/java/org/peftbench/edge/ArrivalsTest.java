package org.peftbench.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.file.Sha256;
import org.peftbench.model.Tap;
import org.peftbench.train.HostMemory;
import org.peftbench.wire.FeatureType;
import org.peftbench.wire.ShardLayout;

/** Batches are what the cloud computed, whichever shards their images came in. */
class ArrivalsTest {

  private static final List<Tap> TAPS =
      List.of(Tap.block(2).pooled(2), Tap.representation(FakeCloud.CONFIG));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(FeatureType.class)
  void anyImagesInAnyOrder(FeatureType type) throws IOException {
    List<Path> images = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      images.add(Files.write(folder.resolve("image-" + i), new byte[] {(byte) i}));
    }
    // Of 17 tokens and one: an image's float32 taps are 9,216 bytes, so that a run is two shards.
    try (FakeCloud cloud = new FakeCloud(8, 20_000);
        NDManager manager = NDManager.newBaseManager();
        Arrivals arrivals =
            new Receiver(
                    CloudClient.of(cloud.reach(0), 0), cloud.info, folder, (done, of, text) -> {})
                .receive(List.of(images), new Receiver.Wanted(FakeCloud.BATCH, TAPS, type))
                .get(0)) {
      HostMemory memory = new HostMemory();
      int[] wanted = {9, 0, 5, 5, 2};
      for (int round = 0; round < 2; round++) {
        NDList taps = arrivals.inputs(arrivals.read(manager, wanted, memory));
        assertEquals(2, taps.size());
        assertEquals(new Shape(5, 17, 128), taps.get(0).getShape());
        assertEquals(new Shape(5, 128), taps.get(1).getShape());
        for (int tap = 0; tap < 2; tap++) {
          assertArrayEquals(expected(images, wanted, tap, type), taps.get(tap).toFloatArray());
        }
      }
    }
  }

  private static float[] expected(List<Path> images, int[] wanted, int tap, FeatureType type) {
    int each = (tap == 0 ? 17 : 1) * 128;
    float[] all = new float[wanted.length * each];
    for (int i = 0; i < all.length; i++) {
      String image = Sha256.of(images.get(wanted[i / each]));
      int place = i % each;
      float value = FakeCloud.value(image, ShardLayout.name(tap), place);
      float scale =
          type == FeatureType.INT8
              ? FakeCloud.value(image, ShardLayout.scales(tap), place / 128)
              : 1;
      all[i] = value * scale;
    }
    return all;
  }
}
