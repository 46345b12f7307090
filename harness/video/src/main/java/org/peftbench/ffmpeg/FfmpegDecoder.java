package org.peftbench.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_max_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_version_info;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.peftbench.file.Folders;
import org.peftbench.video.Video;
import org.peftbench.video.VideoDecoder;

/** FFmpeg as this program's decoder: files alone, of containers of videos alone. */
public final class FfmpegDecoder implements VideoDecoder {

  private static final long LARGEST_ALLOCATION = 512L << 20;

  static {
    // JavaCPP unpacks the libraries where it is told to; its own choice is a folder at home.
    System.setProperty(
        "org.bytedeco.javacpp.cachedir", Folders.here().cache().resolve("javacpp").toString());
    for (Class<?> library : List.of(avutil.class, avcodec.class, avformat.class, swscale.class)) {
      Loader.load(library);
    }
    Complaints.listen();
    av_max_alloc(LARGEST_ALLOCATION);
  }

  @Override
  public String name() {
    return "FFmpeg " + av_version_info().getString();
  }

  @Override
  public Video open(Path file) throws IOException {
    return FfmpegVideo.open(file);
  }
}
