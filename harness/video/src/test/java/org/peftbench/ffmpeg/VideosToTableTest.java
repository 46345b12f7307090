package org.peftbench.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, as users run it: from videos of each common codec to a table. */
class VideosToTableTest {

  @TempDir Path folder;
  private Path videos;
  private Path task;

  private record Result(int exit, String out, String err) {}

  private static Result bench(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dai.djl.offline=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.peftbench.cli.Bench");
    command.addAll(List.of(arguments));
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "the command hangs");
    return new Result(
        process.exitValue(), Files.readString(out), Files.readString(err, StandardCharsets.UTF_8));
  }

  private Result frames(String... more) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("video", "frames"));
    arguments.addAll(List.of(videos.toString(), task.toString(), "--size", "32"));
    arguments.addAll(List.of(more));
    return bench(folder, arguments.toArray(String[]::new));
  }

  @BeforeEach
  void makeVideos() throws IOException {
    videos = folder.resolve("videos");
    task = folder.resolve("data").resolve("films");
    String[][] kinds = {{"libopenh264", "mp4"}, {"mpeg4", "avi"}, {"libvpx-vp9", "webm"}};
    for (String[] kind : kinds) {
      for (String name : List.of("long", "short")) {
        Path file = videos.resolve(name).resolve(kind[1] + "." + kind[1]);
        Files.createDirectories(file.getParent());
        new VideoMaker(kind[0]).write(file, name.equals("long") ? 30 : 12);
      }
    }
  }

  @Test
  void videosBecomeAListAndATable() throws Exception {
    Result result = frames();
    assertEquals(0, result.exit, result.err);
    assertEquals(
        """
        long/avi 30 0
        long/mp4 30 0
        long/webm 30 0
        short/avi 12 1
        short/mp4 12 1
        short/webm 12 1
        """,
        result.out);
    assertTrue(result.err.contains("classes: 0 long, 1 short"), result.err);
    for (String list : List.of("train800", "val200", "train800val200", "test")) {
      Files.writeString(task.resolve(list + ".txt"), result.out);
    }
    Result run =
        bench(
            folder,
            "run",
            "--methods=linear",
            "--tasks=films",
            "--data=" + task.getParent(),
            "--backbone=vit-pocket",
            "--profile=pocket",
            "--epochs=1",
            "--frames=4",
            "--out=" + folder.resolve("runs"));
    assertEquals(0, run.exit, run.err);
    assertTrue(run.out.lines().anyMatch(line -> line.matches("\\| linear.*\\|")), run.out);
  }

  @Test
  void whatIsThereIsKeptAndABrokenVideoIsNoEndOfTheOthers() throws Exception {
    assertEquals(0, frames().exit);
    Path kept = task.resolve("long/mp4/img_00001.jpg");
    var written = Files.getLastModifiedTime(kept);
    Path broken = videos.resolve("short/broken.mp4");
    byte[] whole = Files.readAllBytes(videos.resolve("short/mp4.mp4"));
    Files.write(broken, Arrays.copyOf(whole, whole.length / 4));
    Files.createFile(videos.resolve("short/empty.avi"));

    Result again = frames();
    assertEquals(2, again.exit);
    assertEquals(6, again.out.lines().count(), again.out);
    assertEquals(
        List.of(
            "bench: "
                + broken
                + ": no video that can be read: Invalid data found when processing"
                + " input (moov atom not found)",
            "bench: " + videos.resolve("short/empty.avi") + ": the file is empty",
            "bench: 2 of 8 videos have no frames; the others' are there"),
        again.err.lines().filter(line -> line.startsWith("bench: ")).toList());
    assertEquals(written, Files.getLastModifiedTime(kept));
    try (var files = Files.list(task.resolve("short"))) {
      assertEquals(3, files.count(), "nothing is left of the broken ones");
    }

    Result longer = frames("--most-frames", "20000");
    assertEquals(6, longer.out.lines().count(), "their images are the same");

    Result other = frames("--frames-per-second", "5");
    assertEquals(2, other.exit);
    assertTrue(other.err.contains("has frames of another video, or others of this one"), other.err);
  }

  @Test
  void aVideoByItself() throws Exception {
    Path out = folder.resolve("one");
    Path video = videos.resolve("long/webm.webm");
    String[] command = {"video", "frames", video.toString(), out.toString(), "--format=png"};
    Result result = bench(folder, command);
    assertEquals(0, result.exit, result.err);
    assertEquals("one 30\n", result.out);
    assertTrue(Files.exists(out.resolve("img_00030.png")));
    assertEquals("one 30\n", bench(folder, command).out);
    Result none = bench(folder, "video", "frames", folder.resolve("none").toString(), "x");
    assertEquals(2, none.exit);
    assertTrue(none.err.contains("there is no video and no folder " + folder.resolve("none")));
  }
}
