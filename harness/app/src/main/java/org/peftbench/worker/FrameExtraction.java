package org.peftbench.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.video.FrameFolder;
import org.peftbench.video.VideoDecoder;

/** Writes frames of videos. What is wrong with one is no end of this process. */
final class FrameExtraction {

  private static final long NANOS_BETWEEN_SIGNS = TimeUnit.SECONDS.toNanos(1);

  private final Parent parent;
  private long told = System.nanoTime();

  private FrameExtraction(Parent parent) {
    this.parent = parent;
  }

  static Message.OfVideo run(Order.ExtractFrames order, Parent parent) {
    FrameExtraction extraction = new FrameExtraction(parent);
    FrameFolder writer =
        new FrameFolder(VideoDecoder.find(), order.choice(), extraction::tellNowAndThen);
    try {
      return new Message.FramesWritten(
          writer.write(Path.of(order.video()), order.sha256(), Path.of(order.folder())));
    } catch (IOException e) {
      return new Message.FramesRefused(String.valueOf(e.getMessage()));
    }
  }

  private void tellNowAndThen() {
    long now = System.nanoTime();
    if (now - told > NANOS_BETWEEN_SIGNS) {
      told = now;
      parent.send(new Message.Progress(0, 0, ""));
    }
  }
}
