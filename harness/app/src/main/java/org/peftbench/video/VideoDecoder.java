package org.peftbench.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.peftbench.WrongInputException;

/** What decodes videos, found by {@link ServiceLoader}. */
public interface VideoDecoder {

  /** Its name and version, such as {@code FFmpeg 7.1.1}. */
  String name();

  /**
   * Opens a video.
   *
   * @throws IOException if it is none that can be decoded; the message says why in one line
   */
  Video open(Path file) throws IOException;

  /**
   * The decoder of this installation.
   *
   * @throws WrongInputException if it has none, or none that works here
   */
  static VideoDecoder find() {
    try {
      return ServiceLoader.load(VideoDecoder.class)
          .findFirst()
          .orElseThrow(
              () ->
                  new WrongInputException(
                      "there is no decoder of videos; it is the module harness/video, which"
                          + " ./bench builds when the first word behind it is 'video'"));
    } catch (ServiceConfigurationError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new WrongInputException("the decoder of videos cannot be loaded: " + cause, e);
    }
  }
}
