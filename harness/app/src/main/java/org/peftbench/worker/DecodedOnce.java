package org.peftbench.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peftbench.cell.Cell;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.task.KeptPixels;
import org.peftbench.task.LabelledImage;
import org.peftbench.task.PixelStore;
import org.peftbench.task.Pixels;

/**
 * Decodes images for the first cell that needs them, and keeps them for all others. What decoding
 * took is part of the present phase of each, or the first alone would be charged for it.
 */
final class DecodedOnce {

  private static final long MOST_BYTES = 8L << 30;

  private final Parent parent;
  private final Cell cell;
  private final PixelStore store;

  DecodedOnce(Order.RunPass order, Parent parent) {
    this.parent = parent;
    this.cell = order.first().cell();
    this.store = new PixelStore(Path.of(order.featureFolder()), MOST_BYTES);
  }

  /** Images as a cell wants them, decoded whenever they are asked for. */
  static Pixels.Decoded decoded(Cell cell, List<LabelledImage> images) {
    return Pixels.decoded(images, cell.backbone().imageSize(), cell.protocol().interpolation());
  }

  /** Gives images; where there is no room for them they are not kept. */
  Pixels of(List<LabelledImage> images) {
    Pixels.Decoded decoded = decoded(cell, images);
    Optional<KeptPixels> kept =
        store.open(
            decoded,
            done -> parent.send(new Message.Progress(done, images.size(), "images decoded")));
    kept.flatMap(KeptPixels::sparedSeconds)
        .ifPresent(seconds -> parent.send(new Message.Spared(seconds)));
    return kept.map(Pixels.class::cast).orElse(decoded);
  }
}
