package org.peftbench.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;
import org.peftbench.file.InsideFolder;
import org.peftbench.image.ImageDecoder;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Resize;
import org.peftbench.image.RgbImage;

/**
 * Images of a folder that has a folder for each class, as ImageNet is kept. Training images are cut
 * out at random and mirrored every other time; one image in twenty of each class is held out.
 */
final class ClassFolders implements PretrainingImages {

  private static final int HELD_OUT_ONE_IN = 20;
  private static final double SMALLEST_AREA = 0.35;
  private static final double NARROWEST = 0.75;
  private static final Interpolation INTERPOLATION = Interpolation.BICUBIC;

  private record File(Path path, int label) {}

  private final int size;
  private final long seed;
  private final int classes;
  private final List<File> training = new ArrayList<>();
  private final List<File> heldOut = new ArrayList<>();

  /**
   * Lists the images.
   *
   * @param size side of what is made of them, in pixels
   * @throws WrongInputException if there are fewer than two classes, one has too few images, or one
   *     of them is not in the folder
   */
  ClassFolders(Path folder, int size, long seed) {
    this.size = size;
    this.seed = seed;
    List<Path> folders = children(folder).stream().filter(Files::isDirectory).toList();
    this.classes = folders.size();
    if (classes < 2) {
      throw new WrongInputException(
          "'%s' has %d folders, expected one for each of at least two classes"
              .formatted(folder, classes));
    }
    InsideFolder inside = inside(folder);
    for (int label = 0; label < classes; label++) {
      add(folders.get(label), label, inside);
    }
  }

  private static InsideFolder inside(Path folder) {
    try {
      return new InsideFolder(folder);
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private void add(Path folder, int label, InsideFolder inside) {
    List<Path> files =
        children(folder).stream().filter(child -> !Files.isDirectory(child)).toList();
    files.forEach(file -> requireInside(file, inside));
    if (files.size() < 2) {
      throw new WrongInputException(
          "'%s' has %d images, expected at least two: one to train on, one to judge on"
              .formatted(folder, files.size()));
    }
    for (int i = 0; i < files.size(); i++) {
      (i % HELD_OUT_ONE_IN == 0 ? heldOut : training).add(new File(files.get(i), label));
    }
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> !child.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static WrongInputException unreadable(Path folder, IOException e) {
    return new WrongInputException("cannot read folder '" + folder + "'", e);
  }

  private static void requireInside(Path file, InsideFolder inside) {
    switch (inside.place(file)) {
      case INSIDE -> {}
      case OUTSIDE ->
          throw new WrongInputException("'" + file + "' is linked to a place outside of --data");
      case NO_FILE ->
          throw new WrongInputException("'" + file + "' is no file, or a link to nothing");
    }
  }

  @Override
  public void check() {
    List<String> broken =
        Stream.concat(training.stream(), heldOut.stream())
            .parallel()
            .flatMap(file -> problem(file).stream())
            .toList();
    if (!broken.isEmpty()) {
      throw WrongInputException.firstOf(broken);
    }
  }

  private static Optional<String> problem(File file) {
    try {
      ImageDecoder.check(file.path);
      return Optional.empty();
    } catch (WrongInputException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public Example training(long position) {
    long pass = position / training.size();
    int place = (int) (position % training.size());
    File file = training.get(shuffled(pass, place));
    RgbImage image = ImageDecoder.decode(file.path);
    RgbImage cut = cut(image, new Random(new Random(seed).nextLong() + position));
    return new Example(Resize.toSquare(cut, size, INTERPOLATION).pixels(), file.label);
  }

  /**
   * A place in the random order of a pass. An affine map with a factor prime to the number of
   * images is a permutation that needs no memory.
   */
  private int shuffled(long pass, int place) {
    Random random = new Random(new Random(seed ^ 0x5DEECE66DL).nextLong() + pass);
    int count = training.size();
    long factor = 1L + random.nextInt(count);
    while (gcd(factor, count) != 1) {
      factor++;
    }
    return (int) ((place * factor + random.nextInt(count)) % count);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static RgbImage cut(RgbImage image, Random random) {
    double area = SMALLEST_AREA + (1 - SMALLEST_AREA) * random.nextDouble();
    double ratio = NARROWEST + (1 / NARROWEST - NARROWEST) * random.nextDouble();
    int width = side(image.width(), Math.sqrt(area * ratio));
    int height = side(image.height(), Math.sqrt(area / ratio));
    int left = random.nextInt(image.width() - width + 1);
    int top = random.nextInt(image.height() - height + 1);
    return image.cut(left, top, width, height, random.nextBoolean());
  }

  private static int side(int whole, double share) {
    return Math.max(1, Math.min(whole, (int) Math.round(whole * share)));
  }

  @Override
  public int heldOutCount() {
    return heldOut.size();
  }

  @Override
  public Example heldOut(long index) {
    File file = heldOut.get((int) index);
    RgbImage image = ImageDecoder.decode(file.path);
    return new Example(Resize.toSquare(image, size, INTERPOLATION).pixels(), file.label);
  }
}
