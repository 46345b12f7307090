package org.peftbench.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BITEXACT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import java.io.IOException;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;
import org.peftbench.image.RgbImage;

/** Makes RGB images of frames, exactly enough that every machine has the same ones. */
final class ToRgb implements AutoCloseable {

  private static final int FLAGS =
      SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT;

  private static final int ROW_ALIGNMENT = 64;
  private static final int ONE = 1 << 16;

  private @Nullable SwsContext scaler;
  private @Nullable AVFrame rgb;

  /**
   * Converts a frame.
   *
   * @param shortSide pixels of the shorter side; empty for the frame's
   */
  RgbImage of(AVFrame frame, OptionalInt shortSide) throws IOException {
    double scale =
        shortSide.isEmpty()
            ? 1
            : shortSide.getAsInt() / (double) Math.min(frame.width(), frame.height());
    int width = Math.max(1, (int) Math.round(frame.width() * scale));
    int height = Math.max(1, (int) Math.round(frame.height() * scale));
    AVFrame target = target(width, height);
    SwsContext context = scaler(frame, width, height);
    int rows =
        sws_scale(
            context,
            frame.data(),
            frame.linesize(),
            0,
            frame.height(),
            target.data(),
            target.linesize());
    if (rows != height) {
      throw new IOException(
          "a frame of %d x %d pixels cannot be converted".formatted(width, height));
    }
    byte[] pixels = new byte[3 * width * height];
    BytePointer data = target.data(0);
    for (int y = 0; y < height; y++) {
      data.position((long) y * target.linesize(0)).get(pixels, 3 * width * y, 3 * width);
    }
    return new RgbImage(width, height, pixels);
  }

  private SwsContext scaler(AVFrame frame, int width, int height) throws IOException {
    SwsContext context =
        sws_getCachedContext(
            scaler,
            frame.width(),
            frame.height(),
            frame.format(),
            width,
            height,
            AV_PIX_FMT_RGB24,
            FLAGS,
            null,
            null,
            (DoublePointer) null);
    if (context == null) {
      scaler = null;
      throw new IOException("its pixels have a format that cannot be converted");
    }
    scaler = context;
    boolean full = frame.color_range() == AVCOL_RANGE_JPEG;
    int matrix = frame.colorspace() == AVCOL_SPC_UNSPECIFIED ? SWS_CS_DEFAULT : frame.colorspace();
    // Of frames that are RGB already it refuses to be told anything.
    var unused =
        sws_setColorspaceDetails(
            context,
            sws_getCoefficients(matrix),
            full ? 1 : 0,
            sws_getCoefficients(SWS_CS_DEFAULT),
            1,
            0,
            ONE,
            ONE);
    return context;
  }

  private AVFrame target(int width, int height) throws IOException {
    if (rgb != null && rgb.width() == width && rgb.height() == height) {
      return rgb;
    }
    close(rgb);
    AVFrame fresh = av_frame_alloc().width(width).height(height).format(AV_PIX_FMT_RGB24);
    rgb = fresh;
    if (av_frame_get_buffer(fresh, ROW_ALIGNMENT) < 0) {
      throw new IOException("no memory for %d x %d pixels".formatted(width, height));
    }
    return fresh;
  }

  private static void close(@Nullable AVFrame frame) {
    if (frame != null) {
      av_frame_free(frame);
    }
  }

  @Override
  public void close() {
    close(rgb);
    sws_freeContext(scaler);
  }
}
