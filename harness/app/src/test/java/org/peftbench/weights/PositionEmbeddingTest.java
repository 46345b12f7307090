package org.peftbench.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PositionEmbeddingTest {

  /** CLS token 9, then sin(0), sin(1), ... over the grid. */
  private static float[] sines(int side) {
    float[] tokens = new float[1 + side * side];
    tokens[0] = 9;
    for (int i = 0; i < side * side; i++) {
      tokens[1 + i] = (float) Math.sin(i);
    }
    return tokens;
  }

  @Test
  void smallerGridMatchesPillowsAntialiasedBicubic() {
    float[] expected = {9f, -0.0907756f, 0.1929176f, 0.1814145f, 0.0470935f};
    assertArrayEquals(expected, PositionEmbedding.resample(sines(4), 4, 2), 1e-6f);
  }

  @Test
  void largerGridMatchesPillowsBicubic() {
    float[] expected = {
      9f,
      -0.0840654f,
      0.3265872f,
      0.9620954f,
      1.0629153f,
      1.0569519f,
      0.0570630f,
      0.1229507f,
      0.2175785f,
      0.1912862f,
      0.1629559f,
      0.2088877f,
      -0.1647727f,
      -0.7568025f,
      -0.9282363f,
      -0.9741788f,
      -0.1418321f,
      -0.0560840f,
      0.0895409f,
      0.1854030f,
      0.2323773f,
      -0.3922741f,
      0.0491541f,
      0.7636877f,
      1.0537987f,
      1.1645275f
    };
    assertArrayEquals(expected, PositionEmbedding.resample(sines(3), 3, 5), 1e-6f);
  }

  @Test
  void sameGridKeepsEveryValue() {
    assertArrayEquals(sines(5), PositionEmbedding.resample(sines(5), 5, 5), 1e-7f);
  }

  @Test
  void channelsDoNotMix() {
    float[] tokens = new float[(1 + 9) * 2];
    for (int i = 0; i < 10; i++) {
      tokens[2 * i] = 3;
      tokens[2 * i + 1] = sines(3)[i];
    }
    float[] resampled = PositionEmbedding.resample(tokens, 3, 7);
    float[] alone = PositionEmbedding.resample(sines(3), 3, 7);
    for (int i = 0; i < 50; i++) {
      assertEquals(3, resampled[2 * i], 1e-6);
      assertEquals(alone[i], resampled[2 * i + 1], 0);
    }
  }

  @Test
  void missingClassPositionBecomesZero() {
    float[] tokens = PositionEmbedding.withClassToken(new float[] {1, 2, 3, 4}, 2);
    assertEquals("[0.0, 0.0, 1.0, 2.0, 3.0, 4.0]", Arrays.toString(tokens));
  }
}
