package org.peftbench.dist;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Tasks in VTAB-1K's layout that a random backbone can learn within seconds. */
final class TinyData {

  static final int CLASSES = 4;
  static final int TRAIN = 64;
  static final int VAL = 16;
  static final int TEST = 40;

  private static final int SIDE = 32;

  private TinyData() {}

  /** Writes tasks, named {@code colours} and {@code stripes}. */
  static Path write(Path directory) {
    try {
      writeTask(directory.resolve("colours"), TinyData::colour);
      writeTask(directory.resolve("stripes"), TinyData::stripe);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The colour of one pixel of an image of a class. */
  @FunctionalInterface
  private interface Pattern {
    int rgb(int label, int x, int y, int noise);
  }

  private static int colour(int label, int x, int y, int noise) {
    int[] colours = {0xC02020, 0x20C020, 0x2020C0, 0xC0C020};
    return colours[label] + noise * 0x010101;
  }

  private static int stripe(int label, int x, int y, int noise) {
    int along = label % 2 == 0 ? x : y;
    int period = label < 2 ? 4 : 16;
    return (along % period < period / 2 ? 0x202020 : 0xC0C0C0) + noise * 0x010101;
  }

  private static void writeTask(Path folder, Pattern pattern) throws IOException {
    Random random = new Random(7);
    List<String> train = images(folder, "train800", TRAIN, pattern, random);
    List<String> val = images(folder, "val200", VAL, pattern, random);
    List<String> test = images(folder, "test", TEST, pattern, random);
    Files.write(folder.resolve("train800.txt"), train);
    Files.write(folder.resolve("val200.txt"), val);
    Files.write(
        folder.resolve("train800val200.txt"),
        IntStream.range(0, TRAIN + VAL)
            .mapToObj(i -> i < TRAIN ? train.get(i) : val.get(i - TRAIN))
            .toList());
    Files.write(folder.resolve("test.txt"), test);
  }

  private static List<String> images(
      Path folder, String part, int count, Pattern pattern, Random random) throws IOException {
    Files.createDirectories(folder.resolve("images").resolve(part));
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          image.setRGB(x, y, pattern.rgb(i % CLASSES, x, y, random.nextInt(32)));
        }
      }
      ImageIO.write(image, "png", folder.resolve(name(part, i)).toFile());
    }
    return IntStream.range(0, count).mapToObj(i -> name(part, i) + " " + i % CLASSES).toList();
  }

  private static String name(String part, int i) {
    return "images/" + part + "/" + i + ".png";
  }
}
