package org.peftbench.task;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Writes small tasks in VTAB-1K's layout. */
public final class TaskFiles {

  private TaskFiles() {}

  /** A task with all four lists, images of 2 x 2 pixels and two classes. */
  public static Path write(Path folder) throws IOException {
    writeList(folder, ListName.TRAIN800, images(folder, "train800", 4));
    writeList(folder, ListName.VAL200, images(folder, "val200", 2));
    writeList(folder, ListName.TEST, images(folder, "test", 6));
    String train = Files.readString(folder.resolve("train800.txt"));
    String val = Files.readString(folder.resolve("val200.txt"));
    Files.writeString(folder.resolve("train800val200.txt"), train + val);
    return folder;
  }

  static void writeList(Path folder, ListName name, List<String> lines) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name.fileName()), String.join("\n", lines) + "\n");
  }

  /** Writes gray images, the i-th of level i; returns their lines. */
  static List<String> images(Path folder, String part, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      writeImage(folder.resolve("images").resolve(part).resolve(i + ".pgm"), i);
    }
    return IntStream.range(0, count)
        .mapToObj(i -> "images/" + part + "/" + i + ".pgm " + i % 2)
        .toList();
  }

  static Path writeImage(Path file, int level) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    byte[] image = "P5 2 2 255 ....".getBytes(US_ASCII);
    Arrays.fill(image, 11, 15, (byte) level);
    return Files.write(file, image);
  }
}
