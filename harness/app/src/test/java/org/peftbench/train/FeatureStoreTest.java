package org.peftbench.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Features;
import org.peftbench.cell.Phase;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.result.PhaseCost;

class FeatureStoreTest {

  private static final int IMAGES = 5;
  private static final ViTConfig CONFIG =
      new ViTConfig(16, 8, 3, 4, 2, 1, 8, 1e-6, ViTConfig.Pooling.CLS);
  private static final List<Tap> TAPS = List.of(Tap.block(1), Tap.representation(CONFIG));
  private static final PhaseCost COST = new PhaseCost(Phase.EXTRACT, 1.5, Optional.of(4096L));

  @TempDir Path root;

  @Test
  void featuresComeBackInAnyOrder() {
    assertRoundTrip(Features.CACHED, 0);
  }

  @Test
  void float16KeepsElevenBits() {
    assertRoundTrip(Features.CACHED_FLOAT16, Math.pow(2, -11));
  }

  @Test
  void float16TakesHalfTheSpace() throws IOException {
    fill(key("a", Features.CACHED));
    long whole = bytes();
    fill(key("a", Features.CACHED_FLOAT16));
    assertEquals(whole / 2, bytes() - whole);
  }

  @Test
  void costIsKeptWithTheFeatures() {
    FeatureStore.Key key = key("a", Features.CACHED);
    assertEquals(Optional.empty(), new FeatureStore(root).cost(key));
    fill(key);
    assertEquals(Optional.of(COST), new FeatureStore(root).cost(key));
  }

  @Test
  void anyDifferenceInTheKeyIsAnotherPlace() {
    fill(key("a", Features.CACHED));
    assertEquals(Optional.empty(), new FeatureStore(root).cost(key("b", Features.CACHED)));
    assertEquals(Optional.empty(), new FeatureStore(root).cost(key("a", Features.CACHED_FLOAT16)));
  }

  @Test
  void interruptedFillingLeavesNothing() throws IOException {
    FeatureStore.Key key = key("a", Features.CACHED);
    try (NDManager manager = NDManager.newBaseManager();
        FeatureStore.Filling filling = new FeatureStore(root).fill(key, TAPS, CONFIG)) {
      filling.cache().write(0, taps(manager, 0, 2));
    }
    assertEquals(Optional.empty(), new FeatureStore(root).cost(key));
    assertEquals(List.of(), entries());
  }

  @Test
  void whatKilledProcessesLeftIsDeletedByTheNextAndWhatIsInUseStays() throws IOException {
    Path abandoned = Files.createDirectories(root.resolve("peft-bench-filling-1"));
    Files.write(abandoned.resolve(".lock"), new byte[0]);
    Files.write(abandoned.resolve("tap-0.bin"), new byte[8]);
    FeatureStore.Key key = key("a", Features.CACHED);
    try (FeatureStore.Filling other = new FeatureStore(root).fill(key, TAPS, CONFIG)) {
      List<String> begun = entries();
      assertEquals(1, begun.size(), begun.toString());
      fill(key("b", Features.CACHED));
      assertEquals(2, entries().size());
      assertTrue(entries().containsAll(begun));
    }
    assertEquals(1, entries().size());
  }

  @Test
  void stagedFeaturesThatNobodyGoesOnWithAreDeletedByTheNext() throws IOException {
    FeatureStore.Key key = key("a", Features.CACHED);
    fill(key);
    String there = entries().get(0);
    String other = "0".repeat(64);
    for (String staged :
        List.of("staged-" + other, "staged-3-" + other, "staged-5-" + there, "staged-5-" + other)) {
      Files.createDirectories(root.resolve(staged));
      Files.writeString(root.resolve(staged).resolve(".lock"), "");
      Files.writeString(root.resolve(staged).resolve("state.json"), "{}");
    }
    Files.createDirectories(root.resolve("staged-6-" + other));
    fill(key("b", Features.CACHED));
    assertEquals(
        List.of("staged-5-" + other, "staged-6-" + other),
        entries().stream().filter(name -> name.startsWith("staged")).toList());
  }

  @Test
  void secondOfTwoThatExtractTheSameGivesWay() throws IOException {
    FeatureStore.Key key = key("a", Features.CACHED);
    try (NDManager manager = NDManager.newBaseManager();
        FeatureStore.Filling late = new FeatureStore(root).fill(key, TAPS, CONFIG)) {
      late.cache().write(0, taps(manager, 0, IMAGES));
      fill(key);
      late.finish(new PhaseCost(Phase.EXTRACT, 9, Optional.empty()));
    }
    assertEquals(Optional.of(COST), new FeatureStore(root).cost(key));
    assertEquals(1, entries().size());
  }

  @Test
  void damagedFeaturesAreNamed() throws IOException {
    FeatureStore.Key key = key("a", Features.CACHED);
    fill(key);
    Path cost = root.resolve(entries().get(0)).resolve("extract.json");
    Files.writeString(cost, "{");
    var thrown = assertThrows(WrongInputException.class, () -> new FeatureStore(root).cost(key));
    assertTrue(String.valueOf(thrown.getMessage()).contains(cost.toString()));
  }

  @Test
  void truncatedTapsAreNamed() throws IOException {
    FeatureStore.Key key = key("a", Features.CACHED);
    fill(key);
    Path taps = root.resolve(entries().get(0)).resolve("tap-1.bin");
    Files.write(taps, new byte[79]);
    assertOpeningIsRefused(key, taps + ": it has 79 bytes, expected 80");
    Files.delete(taps);
    assertOpeningIsRefused(key, taps + ": the file is missing");
  }

  @Test
  void aByteThatWasFlippedIsFoundWhenItsImageIsRead() throws IOException {
    FeatureStore.Key key = key("a", Features.CACHED);
    fill(key);
    Path taps = root.resolve(entries().get(0)).resolve("tap-1.bin");
    byte[] bytes = Files.readAllBytes(taps);
    bytes[3 * 16 + 5] ^= 1;
    Files.write(taps, bytes);
    assertReadingIsRefused(key, 3, taps + ": image 3 is not what was written; delete their folder");
  }

  @Test
  void imagesThatWereSwappedAreFoundWhenTheyAreRead() throws IOException {
    FeatureStore.Key key = key("a", Features.CACHED_FLOAT16);
    fill(key);
    Path taps = root.resolve(entries().get(0)).resolve("tap-1.bin");
    byte[] bytes = Files.readAllBytes(taps);
    byte[] swapped = bytes.clone();
    System.arraycopy(bytes, 0, swapped, 8, 8);
    System.arraycopy(bytes, 8, swapped, 0, 8);
    Files.write(taps, swapped);
    assertReadingIsRefused(key, 0, taps + ": image 0 is not what was written");
    assertReadingIsRefused(key, 1, taps + ": image 1 is not what was written");
  }

  @Test
  void sumsThatAreTruncatedOrMissingAreNamed() throws IOException {
    FeatureStore.Key key = key("a", Features.CACHED);
    fill(key);
    Path taps = root.resolve(entries().get(0)).resolve("tap-1.bin");
    Path sums = taps.resolveSibling("tap-1.bin.sums");
    Files.write(sums, new byte[19]);
    assertOpeningIsRefused(key, taps + ": its sums have 19 bytes, expected 20");
    Files.delete(sums);
    assertOpeningIsRefused(key, sums + ": the file is missing");
  }

  private void assertReadingIsRefused(FeatureStore.Key key, int damaged, String words) {
    try (NDManager manager = NDManager.newBaseManager();
        FeatureCache cache = new FeatureStore(root).open(key, TAPS, CONFIG, IMAGES)) {
      int[] sound = IntStream.range(2, IMAGES).filter(image -> image != damaged).toArray();
      assertEquals(TAPS.size(), cache.read(manager, sound, new HostMemory()).size());
      var thrown =
          assertThrows(
              WrongInputException.class,
              () -> cache.read(manager, new int[] {2, damaged}, new HostMemory()));
      assertTrue(String.valueOf(thrown.getMessage()).contains(words), thrown.getMessage());
    }
  }

  private void assertOpeningIsRefused(FeatureStore.Key key, String words) {
    FeatureStore store = new FeatureStore(root);
    var thrown =
        assertThrows(
            WrongInputException.class, () -> store.open(key, TAPS, CONFIG, IMAGES).close());
    assertTrue(String.valueOf(thrown.getMessage()).contains(words), thrown.getMessage());
  }

  private void assertRoundTrip(Features features, double relative) {
    FeatureStore.Key key = key("a", features);
    fill(key);
    int[] order = {4, 0, 3};
    try (NDManager manager = NDManager.newBaseManager();
        FeatureCache cache = new FeatureStore(root).open(key, TAPS, CONFIG, IMAGES)) {
      NDList read =
          new CachedBatches(cache::read, new int[IMAGES], 1)
              .inputs(cache.read(manager, order, new HostMemory()));
      assertEquals(new Shape(3, CONFIG.tokens(), 4), read.get(0).getShape());
      assertEquals(new Shape(3, 4), read.get(1).getShape());
      for (int tap = 0; tap < TAPS.size(); tap++) {
        assertEquals(DataType.FLOAT32, read.get(tap).getDataType());
        NDArray written = taps(manager, 0, IMAGES).get(tap).get(manager.create(order));
        float[] expected = written.toFloatArray();
        float largest = 0;
        for (float value : expected) {
          largest = Math.max(largest, Math.abs(value));
        }
        assertArrayEquals(expected, read.get(tap).toFloatArray(), (float) (relative * largest));
      }
    }
  }

  private void fill(FeatureStore.Key key) {
    try (NDManager manager = NDManager.newBaseManager();
        FeatureStore.Filling filling = new FeatureStore(root).fill(key, TAPS, CONFIG)) {
      filling.cache().write(0, taps(manager, 0, 3));
      filling.cache().write(3, taps(manager, 3, IMAGES));
      filling.finish(COST);
    }
  }

  /** Values that tell image, token and place apart. */
  private static NDList taps(NDManager manager, int from, int to) {
    NDArray tokens =
        manager.arange(0f, IMAGES * CONFIG.tokens() * 4).div(7).reshape(IMAGES, CONFIG.tokens(), 4);
    NDArray representation = manager.arange(0f, IMAGES * 4).div(-3).reshape(IMAGES, 4);
    String range = from + ":" + to;
    return new NDList(tokens.get(range), representation.get(range));
  }

  private static FeatureStore.Key key(String data, Features features) {
    return new FeatureStore.Key(
        new BackboneChoice("vit-ti16", "random", "", 16, ViTConfig.Pooling.CLS),
        data,
        "train800",
        "bicubic",
        "imagenet",
        TAPS.stream().map(Tap::toString).toList(),
        features,
        BackboneMemory.RESIDENT,
        "PyTorch");
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".bin"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
