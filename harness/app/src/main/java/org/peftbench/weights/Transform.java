package org.peftbench.weights;

import java.util.List;

/**
 * How a stored tensor becomes one in timm's arrangement; reshaping alone changes no value's place.
 */
enum Transform {
  /** Same order of values. */
  AS_IS {
    @Override
    float[] apply(float[] source, List<Long> timmShape) {
      return source;
    }
  },
  /** (in, out) becomes (out, in); either may be several dimensions in the file. */
  TRANSPOSE {
    @Override
    float[] apply(float[] source, List<Long> timmShape) {
      int in = timmShape.get(1).intValue();
      int out = source.length / in;
      float[] result = new float[source.length];
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < out; o++) {
          result[o * in + i] = source[i * out + o];
        }
      }
      return result;
    }
  },
  /** A convolution's kernel (height, width, in, out) becomes (out, in, height, width). */
  CONVOLUTION {
    @Override
    float[] apply(float[] source, List<Long> timmShape) {
      int out = timmShape.get(0).intValue();
      int in = timmShape.get(1).intValue();
      int places = source.length / (in * out);
      float[] result = new float[source.length];
      for (int p = 0; p < places; p++) {
        for (int i = 0; i < in; i++) {
          for (int o = 0; o < out; o++) {
            result[(o * in + i) * places + p] = source[(p * in + i) * out + o];
          }
        }
      }
      return result;
    }
  };

  /** Rearranges one stored tensor; {@code timmShape} is that of the whole timm tensor. */
  abstract float[] apply(float[] source, List<Long> timmShape);
}
