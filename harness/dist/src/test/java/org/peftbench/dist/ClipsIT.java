package org.peftbench.dist;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Features;
import org.peftbench.result.CellRecord;

/** Tasks whose lines are clips: of each method kind one, live and cached. */
class ClipsIT {

  private static final int FRAMES = 4;
  private static final int SIDE = 16;
  private static final int TRAIN = 24;
  private static final int TEST = 12;

  @TempDir static Path folder;
  private static Path data;

  /** A bar that wanders to the right, or to the left, and comes in again on the other side. */
  @BeforeAll
  static void writeClips() throws IOException {
    data = folder.resolve("data");
    Path task = Files.createDirectories(data.resolve("wander"));
    Files.write(task.resolve("train800val200.txt"), clips(task, "train", TRAIN));
    Files.write(task.resolve("test.txt"), clips(task, "test", TEST));
  }

  private static List<String> clips(Path task, String part, int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int clip = 0; clip < count; clip++) {
      int label = clip % 2;
      Path frames = Files.createDirectories(task.resolve(part).resolve("" + clip));
      for (int frame = 0; frame < FRAMES; frame++) {
        int place = Math.floorMod(clip / 2 + (label == 0 ? frame : -frame), FRAMES);
        byte[] pixels = new byte[SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
          int from = row * SIDE + place * SIDE / FRAMES;
          Arrays.fill(pixels, from, from + SIDE / FRAMES, (byte) 200);
        }
        byte[] header = "P5 %d %d 255 ".formatted(SIDE, SIDE).getBytes(US_ASCII);
        byte[] file = Arrays.copyOf(header, header.length + pixels.length);
        System.arraycopy(pixels, 0, file, header.length, pixels.length);
        Files.write(frames.resolve("img_%05d.pgm".formatted(frame + 1)), file);
      }
      lines.add("%s/%d %d %d".formatted(part, clip, FRAMES, label));
    }
    return lines;
  }

  private static List<CellRecord> run(Path out, String methods, String... more)
      throws IOException, InterruptedException {
    List<String> usual =
        List.of(
            "--methods",
            methods,
            "--tasks",
            "wander",
            "--data",
            data.toString(),
            "--backbone",
            "vit-pocket",
            "--profile",
            "pocket",
            "--epochs",
            "2",
            "--frames",
            "4");
    return TinyRun.run(out, usual, more);
  }

  @Test
  void everyKindOfMethodTrainsOnClips() throws Exception {
    List<CellRecord> records = run(folder.resolve("kinds"), "lora,last,losa,linear");
    assertEquals(4, records.size());
    for (CellRecord record : records) {
      assertEquals(FRAMES, record.cell().protocol().frames());
      assertEquals(TEST, record.outcome().orElseThrow().images());
      assertEquals(TEST, record.outcome().orElseThrow().splitImages());
    }
    CellRecord linear = method(records, "linear");
    assertEquals(Features.CACHED, linear.cell().protocol().features());
    // A representation of 128 values for each frame.
    assertEquals(
        FRAMES * 128L * Float.BYTES, linear.outcome().orElseThrow().transferBytesPerImage());
    // Six mixers, 2 x 8 x (128 + 65 + 4).
    assertEquals(
        6 * 16 * 197L, method(records, "losa").outcome().orElseThrow().trainableParameters());
  }

  /** All four frames of a clip are used in both, so that nothing is left to chance. */
  @Test
  void cachedTapsAreThoseOfLiveFrames() throws Exception {
    CellRecord live = run(folder.resolve("live"), "losa", "--features", "live").get(0);
    CellRecord cached = run(folder.resolve("cached"), "losa", "--features", "cached").get(0);
    List<Double> expected = live.outcome().orElseThrow().epochLosses();
    List<Double> found = cached.outcome().orElseThrow().epochLosses();
    for (int epoch = 0; epoch < expected.size(); epoch++) {
      assertEquals(expected.get(epoch), found.get(epoch), 1e-3);
    }
    String[] streamed = {"--features", "cached", "--backbone-memory", "streamed"};
    CellRecord fromFile = run(folder.resolve("streamed"), "losa", streamed).get(0);
    assertEquals(found, fromFile.outcome().orElseThrow().epochLosses());
    assertTrue(fromFile.phases().stream().anyMatch(phase -> phase.streamed().isPresent()));
  }

  private static CellRecord method(List<CellRecord> records, String id) {
    return records.stream()
        .filter(record -> record.cell().method().id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
