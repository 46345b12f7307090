package org.peftbench.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_get;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.javacpp.IntPointer;
import org.peftbench.image.RgbImage;

/**
 * How a camera was held: its frames are turned before they are shown.
 *
 * @param quarters of a turn, clockwise
 */
record Turn(int quarters) {

  private static final int MATRIX_BYTES = 9 * Integer.BYTES;

  static Turn of(AVCodecParameters parameters) throws IOException {
    AVPacketSideData matrix =
        parameters.nb_coded_side_data() == 0
            ? null
            : av_packet_side_data_get(
                parameters.coded_side_data(),
                parameters.nb_coded_side_data(),
                AV_PKT_DATA_DISPLAYMATRIX);
    if (matrix == null || matrix.size() < MATRIX_BYTES) {
      return new Turn(0);
    }
    double counterclockwise = av_display_rotation_get(new IntPointer(matrix.data()));
    long quarters = Math.round(-counterclockwise / 90);
    if (!(Math.abs(-counterclockwise / 90 - quarters) < 0.01)) {
      throw new IOException(
          "it is to be turned by %.1f degrees, expected a multiple of 90"
              .formatted(-counterclockwise));
    }
    return new Turn((int) Math.floorMod(quarters, 4L));
  }

  /** Whether width and height change places. */
  boolean sideways() {
    return quarters % 2 == 1;
  }

  RgbImage upright(RgbImage image) {
    RgbImage turned = image;
    for (int i = 0; i < quarters; i++) {
      turned = quarter(turned);
    }
    return turned;
  }

  private static RgbImage quarter(RgbImage image) {
    int width = image.height();
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int target = 3 * (x * width + width - 1 - y);
        System.arraycopy(from, 3 * (y * image.width() + x), to, target, 3);
      }
    }
    return new RgbImage(width, image.width(), to);
  }
}
