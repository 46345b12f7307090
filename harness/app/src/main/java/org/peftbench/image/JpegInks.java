package org.peftbench.image;

/** What the samples of a JPEG file of four inks mean. */
enum JpegInks implements SamplesToRgb {
  /** Four inks, taken to be stored inverted as Adobe does: 255 is no ink. */
  CMYK {
    @Override
    void pixel(byte[] samples, int from, byte[] rgb, int to) {
      System.arraycopy(samples, from, rgb, to, 3);
      blacken(rgb, to, samples[from + 3] & 255);
    }
  },
  /** As {@link #CMYK}, with the first three inks stored as if their complement were a colour. */
  YCCK {
    @Override
    void pixel(byte[] samples, int from, byte[] rgb, int to) {
      fromYcc(samples, from, rgb, to);
      for (int i = to; i < to + 3; i++) {
        rgb[i] = (byte) ~rgb[i];
      }
      blacken(rgb, to, samples[from + 3] & 255);
    }
  };

  private static final int INKS = 4;

  @Override
  public void convert(byte[] samples, int width, byte[] rgb, int at) {
    for (int x = 0; x < width; x++) {
      pixel(samples, x * INKS, rgb, at + 3 * x);
    }
  }

  /** Converts one pixel. */
  abstract void pixel(byte[] samples, int from, byte[] rgb, int to);

  // libjpeg's jdcolor.c: 16 fractional bits, rounded.
  private static void fromYcc(byte[] samples, int from, byte[] rgb, int to) {
    int y = samples[from] & 255;
    int cb = (samples[from + 1] & 255) - 128;
    int cr = (samples[from + 2] & 255) - 128;
    rgb[to] = clip(y + ((91881 * cr + 32768) >> 16));
    rgb[to + 1] = clip(y + ((-22554 * cb - 46802 * cr + 32768) >> 16));
    rgb[to + 2] = clip(y + ((116130 * cb + 32768) >> 16));
  }

  // Pillow's cmyk2rgb, with its rounded division by 255.
  private static void blacken(byte[] inverted, int at, int white) {
    for (int i = at; i < at + 3; i++) {
      int product = (255 - (inverted[i] & 255)) * white + 128;
      inverted[i] = clip(white - (((product >> 8) + product) >> 8));
    }
  }

  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
