package org.peftbench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.child.Child;
import org.peftbench.child.JobFailedException;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.video.FrameChoice;

/** A decoder of videos in a child process, which a broken file may end: the next gets another. */
public final class FrameProcess implements AutoCloseable {

  private final FrameChoice choice;
  private @Nullable Child child;

  /** A decoder, whose process starts with the first video. */
  public FrameProcess(FrameChoice choice) {
    this.choice = choice;
  }

  /**
   * Has the frames of a video written.
   *
   * @param folder gets them; it is not there yet
   * @throws org.peftbench.WrongInputException if there is no decoder
   * @throws IOException if a process cannot be started
   */
  public Message.OfVideo write(Path video, Path folder) throws IOException, InterruptedException {
    Order order =
        new Order.ExtractFrames(
            video.toAbsolutePath().toString(), folder.toAbsolutePath().toString(), choice);
    if (child == null) {
      child = Child.start(order, 1, Optional.empty());
    } else {
      child.say(order);
    }
    try {
      return child.await(Message.OfVideo.class, progress -> {});
    } catch (JobFailedException e) {
      close();
      return new Message.FramesRefused("decoding it ended the process: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    if (child != null) {
      child.close();
      child = null;
    }
  }
}
