package org.peftbench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.file.FolderLock;
import org.peftbench.link.Message;
import org.peftbench.run.FrameProcess;
import org.peftbench.video.FrameChoice;
import org.peftbench.video.FrameFormat;
import org.peftbench.video.VideoFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench video}. */
@Command(
    name = "video",
    description = "Make clips of videos.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "frames")
final class VideoCommand extends Printing {

  @Command(
      name = "frames",
      description = {
        "Write the frames of a video as images, which clips are made of. Of a folder, all videos",
        "in it and below; what is there already is not written again. Prints what a task's list",
        "has of each: the folder, how many frames, and the class, which is the number of the",
        "folder right below IN that it lies in."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int frames(
      @Parameters(paramLabel = "IN", description = "a video, or a folder of videos") Path in,
      @Parameters(paramLabel = "OUT", description = "the folder that gets the frames") Path out,
      @Option(
              names = "--frames-per-second",
              paramLabel = "N",
              description = "at most so many (default: all frames)")
          @Nullable Double perSecond,
      @Option(
              names = "--size",
              paramLabel = "PIXELS",
              description = "the shorter side of the images (default: as in the video)")
          @Nullable Integer size,
      @Option(
              names = "--format",
              paramLabel = "jpg|png",
              defaultValue = "jpg",
              description = "jpg, small, or png, exact (default: ${DEFAULT-VALUE})")
          FrameFormat format,
      @Option(
              names = "--most-frames",
              paramLabel = "N",
              defaultValue = "10000",
              description = "a video with more is refused (default: ${DEFAULT-VALUE})")
          int most,
      @Option(
              names = "--any-length",
              description = "also videos whose frames end elsewhere than their header says")
          boolean anyLength)
      throws IOException, InterruptedException {
    FrameChoice choice =
        new FrameChoice(
            perSecond == null ? OptionalDouble.empty() : OptionalDouble.of(perSecond),
            size == null ? OptionalInt.empty() : OptionalInt.of(size),
            most,
            format,
            anyLength);
    if (!Files.exists(in)) {
      throw new WrongInputException("there is no video and no folder " + in);
    }
    try (FrameProcess decoder = new FrameProcess(choice)) {
      return Files.isDirectory(in) ? folder(in, out, decoder) : one(in, out, decoder);
    }
  }

  private int one(Path video, Path out, FrameProcess decoder)
      throws IOException, InterruptedException {
    Message.OfVideo result = decoder.write(video, out);
    if (result instanceof Message.FramesRefused refused) {
      throw new WrongInputException(video + ": " + refused.message());
    }
    printf("%s %d%n", out.getFileName(), ((Message.FramesWritten) result).what().frames());
    return 0;
  }

  private int folder(Path in, Path out, FrameProcess decoder)
      throws IOException, InterruptedException {
    List<VideoFiles.Found> videos = VideoFiles.in(in);
    List<String> classes =
        videos.stream().flatMap(video -> video.topFolder().stream()).distinct().sorted().toList();
    boolean labelled = videos.stream().allMatch(video -> video.topFolder().isPresent());
    if (labelled) {
      err()
          .println(
              IntStream.range(0, classes.size())
                  .mapToObj(label -> label + " " + classes.get(label))
                  .collect(Collectors.joining(", ", "classes: ", "")));
    }
    int refused = 0;
    try (FolderLock lock = FolderLock.take(out)) {
      for (VideoFiles.Found video : videos) {
        Message.OfVideo result = decoder.write(video.file(), out.resolve(video.name()));
        if (result instanceof Message.FramesWritten done) {
          String label = labelled ? " " + classes.indexOf(video.topFolder().orElseThrow()) : "";
          printf("%s %d%s%n", video.name(), done.what().frames(), label);
        } else if (result instanceof Message.FramesRefused no) {
          refused++;
          note("bench: " + video.file() + ": " + no.message());
        }
      }
    }
    if (refused > 0) {
      throw new WrongInputException(
          "%d of %d videos have no frames; the others' are there"
              .formatted(refused, videos.size()));
    }
    return 0;
  }
}
