package org.peftbench.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Features;
import org.peftbench.cell.Phase;
import org.peftbench.image.Normalization;
import org.peftbench.link.Order;
import org.peftbench.model.BlockSupply;
import org.peftbench.model.Part;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.result.Json;
import org.peftbench.result.PhaseCost;
import org.peftbench.train.BatchOrder;
import org.peftbench.train.FeatureCache;
import org.peftbench.train.FeatureStore;
import org.peftbench.train.HostMemory;
import org.peftbench.train.ImageArrays;
import org.peftbench.train.LiveBatches;
import org.peftbench.train.StagedFeatures;
import org.peftbench.training.Learner;
import org.peftbench.training.SharedTaps;
import org.peftbench.training.TapReader;

class BlockwiseExtractionTest {

  private static final int IMAGES = 5;
  private static final ViTConfig CONFIG =
      new ViTConfig(16, 4, 3, 12, 4, 3, 20, 1e-6, ViTConfig.Pooling.CLS);

  /** The last block is not needed. */
  private static final List<Tap> TAPS =
      List.of(Tap.sum(3), Tap.block(0), Tap.sum(1, 3, 2), Tap.block(2).pooled(2), Tap.sum(1));

  private static final FeatureStore.Key KEY =
      new FeatureStore.Key(
          new BackboneChoice("vit-ti16", "w", "hash", 16, ViTConfig.Pooling.CLS),
          "data",
          "train",
          "bicubic",
          "none",
          List.of("taps"),
          Features.CACHED,
          BackboneMemory.STREAMED,
          "engine");

  private final NDManager manager = NDManager.newBaseManager();
  private final VisionTransformer backbone = new VisionTransformer(CONFIG);
  private final TapReader reader = new TapReader(backbone, Precision.FLOAT32);
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ImageArrays arrays = new ImageArrays(16, Normalization.NONE, manager);
  private int read;

  @TempDir Path root;

  @BeforeEach
  void fill() {
    backbone.initialize(manager, 7);
  }

  @AfterEach
  void free() {
    manager.close();
  }

  /** A parent that says "go on" once, and then nothing more. */
  private Parent parent() throws JsonProcessingException {
    PhaseCost cost = new PhaseCost(Phase.DATA, 1, Optional.empty());
    String lines =
        Json.MAPPER.writeValueAsString(cost)
            + "\n"
            + Json.MAPPER.writerFor(Order.class).writeValueAsString(new Order.GoOn())
            + "\n";
    InputStream silence =
        new InputStream() {
          @Override
          public int read() throws IOException {
            try {
              Thread.sleep(Long.MAX_VALUE);
              return -1;
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    return new Parent(
        new SequenceInputStream(new ByteArrayInputStream(lines.getBytes(UTF_8)), silence),
        new PrintStream(said, true, UTF_8));
  }

  private LiveBatches images() {
    return new LiveBatches(arrays, SharedTaps.of(List.of(Learner.pretraining(backbone, 2)))) {
      @Override
      public int images() {
        return IMAGES;
      }

      @Override
      public int label(int image) {
        return 0;
      }

      @Override
      public NDList read(NDManager owner, int[] images, HostMemory memory) {
        read += images.length;
        return new NDList(pixels(owner, images));
      }
    };
  }

  private NDArray pixels(NDManager owner, int... images) {
    byte[][] pixels = new byte[images.length][3 * 16 * 16];
    for (int i = 0; i < images.length; i++) {
      new Random(images[i]).nextBytes(pixels[i]);
    }
    return arrays.of(owner, pixels, new HostMemory());
  }

  private void extract(BlockSupply blocks) throws JsonProcessingException {
    FeatureStore store = new FeatureStore(root);
    try (StagedFeatures staged = store.stage(KEY, TAPS, CONFIG, whom -> {})) {
      List<int[]> batches = BatchOrder.inOrder(IMAGES, 2);
      new BlockwiseExtraction(reader, TAPS, batches, blocks, staged, manager, parent())
          .run(this::images);
      PhaseCost spent = staged.state().orElseThrow().spent();
      store.finish(KEY, staged, spent);
    }
  }

  /** What batches give that go through all blocks before the next does. */
  private void assertRight() throws IOException {
    try (FeatureCache cache = new FeatureStore(root).open(KEY, TAPS, CONFIG, IMAGES);
        NDManager host = NDManager.newBaseManager()) {
      for (int[] batch : BatchOrder.inOrder(IMAGES, 2)) {
        NDList found = cache.read(host, batch, new HostMemory());
        try (NDScope scope = Part.scope()) {
          NDList expected = reader.read(arrays.floats(pixels(host, batch)), TAPS);
          for (int i = 0; i < TAPS.size(); i++) {
            assertArrayEquals(
                expected.get(i).toFloatArray(),
                found.get(i).toFloatArray(),
                TAPS.get(i).toString());
          }
        }
      }
    }
    try (Stream<Path> entries = Files.list(root)) {
      assertEquals(1, entries.count(), "what was only needed meanwhile is gone");
    }
  }

  @Test
  void blocksOutsideAndImagesInsideGiveTheSameBits() throws IOException {
    List<Integer> brought = new ArrayList<>();
    extract(supply(brought, -1));
    assertEquals(List.of(0, 1, 2), brought);
    assertEquals(IMAGES, read);
    assertRight();
  }

  @Test
  void whatWasStoppedGoesOnAtTheBlockWhereItWas() throws IOException {
    for (int stop = 0; stop < 3; stop++) {
      BlockSupply breaks = supply(new ArrayList<>(), stop);
      assertThrows(Stopped.class, () -> extract(breaks));
    }
    List<Integer> brought = new ArrayList<>();
    extract(supply(brought, -1));
    assertEquals(List.of(2), brought);
    assertEquals(IMAGES, read, "images were embedded once");
    assertRight();
    assertTrue(said.toString(UTF_8).contains("\"type\":\"resumed\""));
  }

  /** As where a machine lost what it had not written: the state says more than the files hold. */
  @Test
  void whatIsCarriedIsLookedAtBeforeItIsUsed() throws IOException {
    assertThrows(Stopped.class, () -> extract(supply(new ArrayList<>(), 1)));
    try (Stream<Path> files = Files.walk(root)) {
      Path carried =
          files
              .filter(file -> file.toString().endsWith("carried-1/tap-0.bin"))
              .findFirst()
              .orElseThrow();
      Files.write(carried, new byte[100]);
    }
    RuntimeException wrong =
        assertThrows(RuntimeException.class, () -> extract(supply(new ArrayList<>(), -1)));
    assertTrue(
        String.valueOf(wrong.getMessage()).contains("delete their folder"), wrong.getMessage());
  }

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static BlockSupply supply(List<Integer> brought, int stop) {
    return new BlockSupply() {
      @Override
      public void bring(int block) {
        if (block == stop) {
          throw new Stopped();
        }
        brought.add(block);
      }

      @Override
      public void release(int block) {
        assertEquals(block, brought.get(brought.size() - 1));
      }
    };
  }
}
