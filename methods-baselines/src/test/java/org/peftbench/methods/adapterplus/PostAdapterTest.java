package org.peftbench.methods.adapterplus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peftbench.model.Init;
import org.peftbench.model.Part;

class PostAdapterTest {

  private static final int IMAGES = 64;
  private static final int TOKENS = 3;
  private static final int WIDTH = 4;

  /** In training an image skips the adapter, or its update makes up for those that do. */
  @Test
  void dropPathDropsWholeImages() {
    try (NDManager manager = NDManager.newBaseManager()) {
      PostAdapter adapter = new PostAdapter(new Same(), new AdapterPlusConfig(2, 0.5), WIDTH);
      adapter.initialize(manager, 1);
      float[] bias = Init.normal(1).values(new Shape(WIDTH), new Random(1));
      adapter.load("up_bias", manager, bias);
      NDArray x = manager.randomNormal(new Shape(IMAGES, TOKENS, WIDTH));
      float[] whole = adapter.forward(x, false).sub(x).toFloatArray();
      float[] trained = adapter.forward(x, true).sub(x).toFloatArray();
      int skipped = 0;
      int size = TOKENS * WIDTH;
      for (int image = 0; image < IMAGES; image++) {
        boolean skips = Math.abs(trained[image * size]) < 1e-6;
        for (int i = image * size; i < (image + 1) * size; i++) {
          assertEquals(skips ? 0 : 2 * whole[i], trained[i], 1e-4f);
        }
        skipped += skips ? 1 : 0;
      }
      assertTrue(skipped > IMAGES / 8 && skipped < IMAGES * 7 / 8, skipped + " images skip");
    }
  }

  private static final class Same extends Part {

    @Override
    public NDArray forward(NDArray x, boolean training) {
      return x;
    }
  }
}
