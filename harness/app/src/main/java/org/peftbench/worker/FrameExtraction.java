package org.peftbench.worker;

import java.io.IOException;
import java.nio.file.Path;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.video.FrameFolder;
import org.peftbench.video.VideoDecoder;

/** Writes frames of videos. What is wrong with one is no end of this process. */
final class FrameExtraction {

  private static final int FRAMES_BETWEEN_SIGNS = 100;

  private FrameExtraction() {}

  static Message.OfVideo run(Order.ExtractFrames order, Parent parent) {
    FrameFolder writer =
        new FrameFolder(VideoDecoder.find(), order.choice(), done -> tell(done, parent));
    try {
      return new Message.FramesWritten(
          writer.write(Path.of(order.video()), Path.of(order.folder())));
    } catch (IOException e) {
      return new Message.FramesRefused(String.valueOf(e.getMessage()));
    }
  }

  private static void tell(int done, Parent parent) {
    if (done % FRAMES_BETWEEN_SIGNS == 0) {
      parent.send(new Message.Progress(done, 0, ""));
    }
  }
}
