package org.peftbench.pocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peftbench.render.Paint;
import org.peftbench.render.Palette;
import org.peftbench.render.Rgb;
import org.peftbench.task.TaskGroup;

/** What an image's colours and light give away of its class. */
class ShortcutTest {

  private static final int JUDGED = 1000;

  /** 15 % of ten classes, where a linear probe of the backbone gets 45 % and more. */
  private static final double LITTLE_BEYOND_CHANCE = 1.5;

  static Stream<PocketTask> tasks() {
    return PocketSuite.tasks().stream();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void coloursAndLightDoNotTellTheClass(PocketTask task) {
    List<PocketImage> train = SubsetHash.images(task, Subset.TRAIN, Subset.TRAIN.images());
    List<PocketImage> test = SubsetHash.images(task, Subset.TEST, JUDGED);
    double colours = timesChance(task, train, test, ShortcutTest::histogram);
    assertTrue(colours < LITTLE_BEYOND_CHANCE, () -> "histogram: " + colours + " times chance");
    double light = timesChance(task, train, test, ShortcutTest::brightness);
    assertTrue(light < LITTLE_BEYOND_CHANCE, () -> "brightness: " + light + " times chance");
    double contrast = timesChance(task, train, test, ShortcutTest::contrast);
    assertTrue(contrast < 2.5, () -> "contrast: " + contrast + " times chance");
  }

  @Test
  void aClassThatIsAColourWouldBeSeen() {
    PocketTask coloured =
        new PocketTask(
            "coloured",
            TaskGroup.OTHER,
            8,
            (canvas, label, dice) ->
                canvas.cover(Paint.plain(Palette.near(dice, Rgb.grey(label / 7.0), 0.05))));
    List<PocketImage> train = SubsetHash.images(coloured, Subset.TRAIN, 80);
    List<PocketImage> test = SubsetHash.images(coloured, Subset.TEST, 80);
    assertTrue(timesChance(coloured, train, test, ShortcutTest::histogram) > 2.5);
    assertEquals(8, timesChance(coloured, train, test, ShortcutTest::brightness), 1);
  }

  /** Accuracy of the nearest class centre, in multiples of what guessing gets. */
  private static double timesChance(
      PocketTask task,
      List<PocketImage> train,
      List<PocketImage> test,
      Function<byte[], double[]> features) {
    double[][] centres = new double[task.classes()][];
    for (PocketImage image : train) {
      double[] found = features.apply(image.pixels());
      double[] old = centres[image.label()];
      centres[image.label()] =
          old == null
              ? found
              : IntStream.range(0, old.length).mapToDouble(i -> old[i] + found[i]).toArray();
    }
    double share = (double) task.classes() / train.size(); // each class has as many images
    long right =
        test.stream()
            .filter(
                image -> nearest(centres, share, features.apply(image.pixels())) == image.label())
            .count();
    return (double) right / test.size() * task.classes();
  }

  private static int nearest(double[][] sums, double share, double[] found) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int c = 0; c < sums.length; c++) {
      double distance = 0;
      for (int i = 0; i < found.length; i++) {
        double off = found[i] - sums[c][i] * share;
        distance += off * off;
      }
      if (distance < least) {
        least = distance;
        best = c;
      }
    }
    return best;
  }

  private static double[] histogram(byte[] pixels) {
    double[] counts = new double[8 * 8 * 8];
    for (int i = 0; i < pixels.length; i += 3) {
      counts[level(pixels[i]) * 64 + level(pixels[i + 1]) * 8 + level(pixels[i + 2])]++;
    }
    return counts;
  }

  private static int level(byte value) {
    return (value & 0xFF) >> 5;
  }

  private static double[] brightness(byte[] pixels) {
    return new double[] {values(pixels).average().orElseThrow()};
  }

  private static double[] contrast(byte[] pixels) {
    double mean = brightness(pixels)[0];
    double square = values(pixels).mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return new double[] {Math.sqrt(square / pixels.length)};
  }

  private static IntStream values(byte[] pixels) {
    return IntStream.range(0, pixels.length).map(i -> pixels[i] & 0xFF);
  }
}
