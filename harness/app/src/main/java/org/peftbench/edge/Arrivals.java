package org.peftbench.edge;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.peftbench.result.EdgeUse;
import org.peftbench.train.CachedBatches;
import org.peftbench.train.HostMemory;
import org.peftbench.wire.FeatureRequest.Shard;
import org.peftbench.wire.ShardLayout;

/**
 * The features of a list of images that arrived from a cloud, in shards on disk. Batches are read
 * by position into reused memory, whatever shards their images are in.
 */
public final class Arrivals implements CachedBatches.Source, AutoCloseable {

  /** More files need not be open at once. */
  private static final int MOST_OPEN = 128;

  /** Where an image is: in a file of so many, by its place. */
  private record Place(Path file, int images, int row) {}

  private final List<ShardStore> stores;
  private final boolean reused;
  private final ShardLayout layout;
  private final List<Place> places = new ArrayList<>();
  private final Map<Path, ShardFile> open = new LinkedHashMap<>(16, 0.75f, true);

  private Arrivals(List<ShardStore> stores, boolean reused) {
    this.stores = stores;
    this.reused = reused;
    this.layout = stores.get(0).job().layout();
    for (ShardStore store : stores) {
      for (Shard shard : store.job().shards()) {
        Path file = store.file(shard);
        int count = shard.images().size();
        IntStream.range(0, count).forEach(row -> places.add(new Place(file, count, row)));
      }
    }
  }

  /**
   * What arrived.
   *
   * @param stores of jobs that have all their shards, in the order of their images
   * @param reused whether all was there before
   */
  static Arrivals open(List<ShardStore> stores, boolean reused) {
    return new Arrivals(stores, reused);
  }

  /** How many images they are of. */
  public int images() {
    return places.size();
  }

  /** Whether all was there before. */
  public boolean reused() {
    return reused;
  }

  /**
   * What it took to get all that is in some arrivals.
   *
   * @param imageSize side of the images as the backbone sees them, in pixels
   */
  public static EdgeUse.Traffic traffic(List<Arrivals> all, int imageSize) {
    List<ShardStore> stores =
        all.stream().flatMap(arrivals -> arrivals.stores.stream()).distinct().toList();
    Moved moved = stores.stream().map(ShardStore::moved).reduce(Moved.NOTHING, Moved::plus);
    long images = stores.stream().mapToLong(store -> store.job().images()).sum();
    return new EdgeUse.Traffic(
        images,
        stores.stream().mapToLong(store -> store.job().fileBytes()).sum(),
        images * 3 * imageSize * imageSize,
        moved.sentImages(),
        moved.upBytes(),
        stores.stream().mapToLong(store -> store.job().tensorBytes()).sum(),
        moved.downBytes(),
        moved.wireUpBytes(),
        moved.wireDownBytes(),
        moved.seconds(),
        moved.requests(),
        moved.reconnects(),
        moved.againBytes());
  }

  /** One at a time: several seeds may train on the same. */
  @Override
  public synchronized NDList read(NDManager host, int[] images, HostMemory memory) {
    return TapArrays.stored(
        layout,
        host,
        images.length,
        (tensor, index, imageBytes) -> {
          int each = Math.toIntExact(imageBytes);
          ByteBuffer buffer = memory.buffer(index, Math.multiplyExact(images.length, each));
          for (int i = 0; i < images.length; i++) {
            Place place = places.get(images[i]);
            file(place).read(tensor, place.row, buffer.slice(i * each, each));
          }
          return buffer.order(ByteOrder.LITTLE_ENDIAN);
        });
  }

  private ShardFile file(Place place) {
    ShardFile file = open.get(place.file);
    if (file != null) {
      return file;
    }
    if (open.size() == MOST_OPEN) {
      Iterator<ShardFile> oldest = open.values().iterator();
      oldest.next().close();
      oldest.remove();
    }
    ShardFile opened = ShardFile.open(place.file, layout, place.images);
    open.put(place.file, opened);
    return opened;
  }

  @Override
  public NDList inputs(NDList read) {
    return TapArrays.inputs(layout, read);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(ShardFile::close);
    open.clear();
  }
}
