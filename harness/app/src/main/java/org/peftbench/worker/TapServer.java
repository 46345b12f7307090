package org.peftbench.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.peftbench.WrongInputException;
import org.peftbench.edge.Norm;
import org.peftbench.image.Interpolation;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.Part;
import org.peftbench.model.VisionTransformer;
import org.peftbench.result.Failure;
import org.peftbench.task.ImageSet;
import org.peftbench.task.LabelledImage;
import org.peftbench.task.Pixels;
import org.peftbench.train.HostMemory;
import org.peftbench.train.ImageArrays;
import org.peftbench.training.FrozenWeights;
import org.peftbench.training.TapReader;
import org.peftbench.weights.RawTensor;
import org.peftbench.weights.SafetensorsWriter;

/**
 * Reads taps of one frozen backbone for others, batch by batch, exactly as a cell that caches them
 * does: in float32 they are equal to the bit.
 */
final class TapServer {

  private final TapReader reader;
  private final ImageArrays arrays;
  private final Interpolation interpolation;
  private final NDManager manager;
  private final HostMemory memory = new HostMemory();

  private TapServer(
      TapReader reader, ImageArrays arrays, Interpolation interpolation, NDManager manager) {
    this.reader = reader;
    this.arrays = arrays;
    this.interpolation = interpolation;
    this.manager = manager;
  }

  /** Loads the engine and a backbone, which are then there until this process ends. */
  static TapServer open(Order.OpenTaps order, Parent parent) {
    EngineLoader.load(0, order.device(), order.precision());
    parent.send(EngineFacts.read(order.device(), order.precision()).message());
    NDManager manager = NDManager.newBaseManager(EngineLoader.device(order.device()));
    VisionTransformer backbone =
        new BackboneLoader(order.backbone().config(), order.weights(), manager).load();
    FrozenWeights.hold(backbone, order.precision());
    writeNorm(backbone, Path.of(order.norm()));
    return new TapServer(
        new TapReader(backbone, order.precision()),
        new ImageArrays(order.backbone().imageSize(), order.normalize(), manager),
        order.interpolation(),
        manager);
  }

  private static void writeNorm(VisionTransformer backbone, Path file) {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    Norm.tensors(backbone.config())
        .forEach(
            (name, info) -> {
              NDArray values =
                  Objects.requireNonNull(backbone.namedParameters().get(name)).getArray();
              tensors.put(name, new RawTensor(info, values.toByteBuffer(true)));
            });
    try {
      Files.deleteIfExists(file); // of a child before this one
      SafetensorsWriter.write(file, tensors);
    } catch (IOException e) {
      throw new WrongInputException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /** Reads the taps of some images. What is wrong with them is no end of this process. */
  Message read(Order.ReadTaps order) {
    long began = System.nanoTime();
    try {
      List<LabelledImage> files =
          order.images().stream().map(file -> new LabelledImage(Path.of(file), 0)).toList();
      Pixels decoded = Pixels.decoded(files, arrays.side(), interpolation);
      ImageSet images = ImageSet.load(decoded, done -> {});
      try (NDManager owner = manager.newSubManager();
          NDScope scope = Part.scope()) {
        NDArray pixels = arrays.of(owner, images.pixels(), memory);
        write(order, reader.read(arrays.floats(pixels), order.taps()));
      }
      return new Message.TapsRead((System.nanoTime() - began) / 1e9);
    } catch (IOException e) {
      return new Message.TapsRefused(Failure.Reason.ERROR, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Message.TapsRefused(Worker.reason(e), Worker.message(e));
    }
  }

  private void write(Order.ReadTaps order, NDList taps) throws IOException {
    List<CodedTap> coded = new ArrayList<>();
    for (int i = 0; i < taps.size(); i++) {
      coded.addAll(CodedTap.of(i, taps.get(i), order.dtype()));
    }
    List<ByteBuffer> bytes = coded.stream().map(CodedTap::bytes).toList();
    int first = 0;
    for (Order.TapShard shard : order.shards()) {
      Map<String, RawTensor> tensors = new LinkedHashMap<>();
      for (int i = 0; i < coded.size(); i++) {
        CodedTap tap = coded.get(i);
        tensors.put(tap.name(), tap.slice(bytes.get(i), first, shard.images()));
      }
      write(Path.of(shard.file()), tensors);
      first += shard.images();
    }
  }

  private static void write(Path file, Map<String, RawTensor> tensors) throws IOException {
    try {
      SafetensorsWriter.write(file, tensors);
    } catch (IOException e) {
      long bytes = tensors.values().stream().mapToLong(tensor -> tensor.info().byteCount()).sum();
      String why = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
      throw new IOException(
          "%s: %d bytes of features cannot be written: %s".formatted(file, bytes, why), e);
    }
  }
}
