package org.peftbench.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.javacpp.IntPointer;
import org.peftbench.image.RgbImage;

/**
 * How a camera was held: its frames are turned by quarters, or mirrored, before they are shown. A
 * pixel at (x, y) goes to (a x + c y, b x + d y), moved back into the image.
 *
 * @param a -1, 0 or 1
 * @param b -1, 0 or 1
 * @param c -1, 0 or 1
 * @param d -1, 0 or 1
 */
record Turn(int a, int b, int c, int d) {

  static final Turn NONE = new Turn(1, 0, 0, 1);

  private static final int MATRIX_BYTES = 9 * Integer.BYTES;
  private static final double TOLERANCE = 0.01;

  static Turn of(AVCodecParameters parameters) throws IOException {
    AVPacketSideData matrix =
        parameters.nb_coded_side_data() == 0
            ? null
            : av_packet_side_data_get(
                parameters.coded_side_data(),
                parameters.nb_coded_side_data(),
                AV_PKT_DATA_DISPLAYMATRIX);
    if (matrix == null || matrix.size() < MATRIX_BYTES) {
      return NONE;
    }
    IntPointer values = new IntPointer(matrix.data());
    return of(values.get(0), values.get(1), values.get(3), values.get(4));
  }

  /** The turn of a matrix, of whatever scale. */
  static Turn of(int a, int b, int c, int d) throws IOException {
    double scale = Math.hypot(a, b);
    double[] exact = {a / scale, b / scale, c / scale, d / scale};
    int[] whole = new int[exact.length];
    for (int i = 0; i < exact.length; i++) {
      whole[i] = (int) Math.round(exact[i]);
      if (!(Math.abs(exact[i] - whole[i]) < TOLERANCE)) {
        throw new IOException("it is to be turned by an angle that is no multiple of 90 degrees");
      }
    }
    Turn turn = new Turn(whole[0], whole[1], whole[2], whole[3]);
    if (Math.abs(turn.a * turn.d - turn.b * turn.c) != 1) {
      throw new IOException("how it is to be turned is said in a way that makes no sense");
    }
    return turn;
  }

  /** Whether width and height change places. */
  boolean sideways() {
    return a == 0;
  }

  RgbImage upright(RgbImage image) {
    if (equals(NONE)) {
      return image;
    }
    int width = sideways() ? image.height() : image.width();
    int height = sideways() ? image.width() : image.height();
    int left = a + c < 0 ? width - 1 : 0;
    int top = b + d < 0 ? height - 1 : 0;
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    for (int y = 0, at = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++, at += 3) {
        int target = (top + b * x + d * y) * width + left + a * x + c * y;
        System.arraycopy(from, at, to, 3 * target, 3);
      }
    }
    return new RgbImage(width, height, to);
  }
}
