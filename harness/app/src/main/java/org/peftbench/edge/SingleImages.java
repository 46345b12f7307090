package org.peftbench.edge;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.peftbench.WrongInputException;
import org.peftbench.model.Part;
import org.peftbench.result.EdgeUse;
import org.peftbench.weights.SafetensorsBytes;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.ShardLayout;

/** Has a cloud compute the features of one image at a time, as one does who waits for an answer. */
public final class SingleImages {

  private static final int WARM_UP = 3;

  private final CloudClient client;
  private final CloudInfo cloud;
  private final Receiver.Wanted wanted;
  private final NDManager manager;

  /** Asks a cloud for what is wanted of each image; arrays live below the manager. */
  public SingleImages(
      CloudClient client, CloudInfo cloud, Receiver.Wanted wanted, NDManager manager) {
    this.client = client;
    this.cloud = cloud;
    this.wanted = wanted;
    this.manager = manager;
  }

  /**
   * Times images, from the bytes of their files to the end of what is done with their features.
   *
   * @param images files; one that has few is gone through again
   * @param count how many times
   * @param use of the features, as a learner's inputs; comes to its end before it returns
   */
  public EdgeUse.Latency time(List<Path> images, int count, Consumer<NDList> use) {
    List<ImageFile> files =
        ImageFile.of(
            images.subList(0, Math.min(images.size(), count)), cloud.limits().imageBytes());
    double[] seconds = new double[count];
    for (int i = -WARM_UP; i < count; i++) {
      ImageFile file = files.get(Math.floorMod(i, files.size()));
      byte[] content = file.content();
      long began = System.nanoTime();
      ask(file.sha256(), content, use);
      if (i >= 0) {
        seconds[i] = (System.nanoTime() - began) / 1e9;
      }
    }
    return Latencies.of(seconds);
  }

  private void ask(String sha256, byte[] content, Consumer<NDList> use) {
    FeatureRequest want =
        new FeatureRequest(cloud.fingerprint(), List.of(sha256), 1, wanted.taps(), wanted.type());
    ShardLayout layout = ShardLayout.of(wanted.type(), wanted.taps(), cloud.backbone().config());
    SafetensorsBytes tensors = checked(client.features(want, content, layout.mostBytes(1)), layout);
    try (NDManager own = manager.newSubManager();
        NDManager host = own.newSubManager(Device.cpu());
        var scope = Part.scope()) {
      NDList stored =
          TapArrays.stored(
              layout, host, 1, (tensor, index, bytes) -> direct(tensors.tensor(tensor)));
      use.accept(TapArrays.inputs(layout, stored.toDevice(own.getDevice(), false)));
    }
  }

  private static SafetensorsBytes checked(byte[] body, ShardLayout layout) {
    try {
      SafetensorsBytes tensors = SafetensorsBytes.of("the features of an image", body);
      ShardFile.require("the features of an image are", tensors.tensors(), layout.tensors(1));
      return tensors;
    } catch (WrongInputException e) {
      throw new CloudException(Words.of(e), e);
    }
  }

  private static ByteBuffer direct(ByteBuffer bytes) {
    ByteBuffer copy = ByteBuffer.allocateDirect(bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    return copy.put(bytes).flip();
  }
}
