package org.peftbench.cloud;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.peftbench.weights.ElementType;
import org.peftbench.weights.RawTensor;
import org.peftbench.weights.SafetensorsWriter;
import org.peftbench.weights.TensorInfo;

/** Writes files of so many zeros, in place of a backbone, when it is let. */
final class PlayedComputer implements Computer {

  private final int bytesOfAnImage;
  final List<Batch> batches = new CopyOnWriteArrayList<>();
  final Semaphore letThrough = new Semaphore(0);
  volatile Optional<String> trouble = Optional.empty();

  PlayedComputer(int bytesOfAnImage) {
    this.bytesOfAnImage = bytesOfAnImage;
  }

  /** From now on it does not wait. */
  PlayedComputer free() {
    letThrough.release(1_000_000);
    return this;
  }

  @Override
  public double compute(Batch batch) throws NotComputed, InterruptedException {
    batches.add(batch);
    letThrough.acquire();
    if (trouble.isPresent()) {
      throw new NotComputed(trouble.get() + batch.images().get(0));
    }
    try {
      for (Piece piece : batch.pieces()) {
        for (java.nio.file.Path image : batch.images()) {
          Files.readAllBytes(image);
        }
        Map<String, RawTensor> tensors = new LinkedHashMap<>();
        TensorInfo info =
            new TensorInfo(ElementType.U8, List.of((long) piece.images(), (long) bytesOfAnImage));
        tensors.put(
            "tap_0", new RawTensor(info, ByteBuffer.allocate(piece.images() * bytesOfAnImage)));
        SafetensorsWriter.write(piece.file(), tensors);
      }
      return 0.5;
    } catch (IOException e) {
      throw new NotComputed("cannot be written: " + e.getMessage(), e);
    }
  }
}
