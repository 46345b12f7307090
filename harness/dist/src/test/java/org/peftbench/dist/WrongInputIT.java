package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong input: exit code 2, one line that says what, nothing on standard output, nothing begun. */
class WrongInputIT {

  @TempDir Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void writeData() {
    data = TinyData.write(folder.resolve("data"));
    out = folder.resolve("out");
  }

  @Test
  void unknownNames() throws Exception {
    assertRefused(
        "unknown method 'lorra'; available: adapter-houlsby, adapter-pfeiffer,",
        TinyRun.arguments(data, out, "lorra", "colours"));
    assertRefused(
        "unknown task 'colour'; known, the most similar first: colours,",
        TinyRun.arguments(data, out, "linear", "colour"));
    assertRefused(
        "unknown backbone 'vit-x16'; known: vit-pocket, vit-ti16,", with("--backbone", "vit-x16"));
    assertRefused(
        "lora has no option 'rnk'; it has rank, scale, dropout, target",
        TinyRun.arguments(data, out, "lora[rnk=4]", "colours"));
    assertRefused(
        "lora: rank=x is not possible; expected an integer from 1 to 65536",
        TinyRun.arguments(data, out, "lora[rank=x]", "colours"));
  }

  @Test
  void missingDataFolder() throws Exception {
    Path absent = folder.resolve("absent");
    assertRefused(
        "no data directory '" + absent + "'", TinyRun.arguments(absent, out, "linear", "colours"));
  }

  @Test
  void listLineThatNamesNoFile() throws Exception {
    Path list = append("colours/test.txt", "images/test/absent.png 1");
    assertRefused("'" + list + "' line 41: there is no file '", run());
  }

  @Test
  void labelOutOfRange() throws Exception {
    // Own folders have as many classes as their training lists show.
    Path list = append("colours/test.txt", "images/test/0.png 4");
    assertRefused("'" + list + "' line 41: label '4', expected an integer from 0 to 3", run());
  }

  @Test
  void truncatedPng() throws Exception {
    Path image = data.resolve("colours/images/test/3.png");
    truncate(image);
    assertRefused(image.toString(), run());
  }

  @Test
  void truncatedJpeg() throws Exception {
    Path image = data.resolve("colours/images/train800/cut.jpg");
    ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "jpg", image.toFile());
    truncate(image);
    append("colours/train800val200.txt", "images/train800/cut.jpg 1");
    assertRefused(image.toString(), run());
  }

  @Test
  void damagedWeights() throws Exception {
    Path truncated = Files.copy(smallVit(), folder.resolve("cut.safetensors"));
    truncate(truncated);
    assertRefused(truncated.toString(), with("--weights", truncated.toString()));

    byte[] noise = new byte[4096];
    new Random(1).nextBytes(noise);
    Path garbage = Files.write(folder.resolve("noise.safetensors"), noise);
    assertRefused(garbage.toString(), with("--weights", garbage.toString()));

    Path absent = folder.resolve("absent.safetensors");
    assertRefused("there is no weight file " + absent, with("--weights", absent.toString()));
  }

  @Test
  void weightsOfAnotherShape() throws Exception {
    Path small = Files.copy(smallVit(), folder.resolve("small.safetensors"));
    assertRefused("small.safetensors", with("--weights", small.toString()));
  }

  @Test
  void outputFolderThatCannotBeWritten() throws Exception {
    Files.writeString(out, "a file is in the way");
    assertRefused(out + ": cannot be written: " + out + " is not a folder", run());
    assertEquals("a file is in the way", Files.readString(out));
  }

  private String[] run() {
    return TinyRun.arguments(data, out, "linear", "colours", "--epochs", "1");
  }

  /** The usual command with one value changed. */
  private String[] with(String option, String value) {
    List<String> arguments = new ArrayList<>(Arrays.asList(run()));
    arguments.set(arguments.indexOf(option) + 1, value);
    return arguments.toArray(String[]::new);
  }

  /** Where the module that decodes videos is not built, as it is not here. */
  @Test
  void aVideoWithoutADecoder() throws Exception {
    Path file = Files.writeString(folder.resolve("v.mp4"), "anything");
    BenchProcess.Result result =
        BenchProcess.run("video", "frames", file.toString(), out.toString()).expect(2);
    assertTrue(result.err().contains("bench: there is no decoder of videos; it is the module"));
    assertFalse(Files.exists(out));
  }

  private static void assertRefused(String message, String... arguments)
      throws IOException, InterruptedException {
    BenchProcess.Result result = BenchProcess.run(arguments).expect(2);
    assertEquals("", result.out());
    List<String> said = result.err().lines().filter(line -> line.startsWith("bench: ")).toList();
    assertEquals(1, said.size(), result.err());
    assertTrue(said.get(0).contains(message), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
    Path out = Path.of(arguments[Arrays.asList(arguments).indexOf("--out") + 1]);
    assertEquals(List.of(), BenchProcess.records(out));
  }

  private Path append(String list, String line) throws IOException {
    Path file = data.resolve(list);
    return Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
  }

  private static void truncate(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static Path smallVit() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(WrongInputIT.class.getResource("/vit/vit_timm.safetensors"))
            .toURI());
  }
}
