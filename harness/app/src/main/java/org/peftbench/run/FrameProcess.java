package org.peftbench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.child.Child;
import org.peftbench.child.JobFailedException;
import org.peftbench.file.FolderTree;
import org.peftbench.file.Sha256;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.video.FrameChoice;
import org.peftbench.video.FrameFolder;
import org.peftbench.video.FramesOf;

/** A decoder of videos in a child process, which a broken file may end: the next gets another. */
public final class FrameProcess implements AutoCloseable {

  private final FrameChoice choice;
  private @Nullable Child child;

  /** A decoder, whose process starts with the first video. */
  public FrameProcess(FrameChoice choice) {
    this.choice = choice;
  }

  /**
   * Has the frames of a video written, unless they are there.
   *
   * @param folder gets them
   * @throws org.peftbench.WrongInputException if there is no decoder, or the folder cannot be
   *     written
   * @throws IOException if a process cannot be started
   */
  public Message.OfVideo write(Path video, Path folder) throws IOException, InterruptedException {
    if (!Files.isRegularFile(video)) {
      return new Message.FramesRefused("it is no regular file");
    }
    String sha256;
    Optional<FramesOf> there;
    try {
      sha256 = Sha256.of(video);
      there = FramesOf.read(folder);
    } catch (WrongInputException | IOException e) {
      return new Message.FramesRefused(String.valueOf(e.getMessage()));
    }
    if (there.isEmpty()) {
      return decode(video, sha256, folder);
    }
    return there.get().comeFrom(sha256, choice)
        ? new Message.FramesWritten(there.get())
        : new Message.FramesRefused(
            folder
                + " has frames of another video, or others of this one; remove it, or choose"
                + " another folder");
  }

  private Message.OfVideo decode(Path video, String sha256, Path folder)
      throws IOException, InterruptedException {
    Order order =
        new Order.ExtractFrames(
            video.toAbsolutePath().toString(), sha256, folder.toAbsolutePath().toString(), choice);
    if (child == null) {
      child = Child.start(order, 1, Optional.empty());
    } else {
      child.say(order);
    }
    try {
      return child.await(Message.OfVideo.class, sign -> {});
    } catch (JobFailedException e) {
      close();
      FolderTree.delete(FrameFolder.partial(folder));
      return new Message.FramesRefused(
          "decoding it ended the process: " + e.getMessage() + e.lastWords());
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
