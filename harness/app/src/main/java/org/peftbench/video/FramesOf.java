package org.peftbench.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.peftbench.file.WholeFile;
import org.peftbench.result.Json;

/**
 * What the images of a folder are, kept beside them as {@code frames.json}.
 *
 * @param video name of the file that they come from
 * @param sha256 of that file
 * @param facts what it says of itself
 * @param decoder name and version
 * @param choice which frames, and how
 * @param frames how many images there are
 */
public record FramesOf(
    String video, String sha256, VideoFacts facts, String decoder, FrameChoice choice, int frames) {

  private static final String FILE = "frames.json";
  private static final int MOST_BYTES = 1 << 16;

  void write(Path folder) throws IOException {
    byte[] text = Json.PRETTY.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(folder.resolve(FILE), out -> out.write(text));
  }

  /**
   * What a folder has; empty if there is no such folder.
   *
   * @throws IOException if it is there and does not say what it has
   */
  public static Optional<FramesOf> read(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return Optional.empty();
    }
    try {
      byte[] text =
          WholeFile.read(folder.resolve(FILE), MOST_BYTES)
              .orElseThrow(() -> new IOException("it is too large"));
      return Optional.of(Json.MAPPER.readValue(text, FramesOf.class));
    } catch (IOException e) {
      throw new IOException(
          folder + " is there already, and has no " + FILE + " that says of what; choose another",
          e);
    }
  }

  /** Whether they are what this video and this choice give. */
  public boolean comeFrom(String otherSha256, FrameChoice otherChoice) {
    return sha256.equals(otherSha256) && choice.givesAs(otherChoice);
  }
}
