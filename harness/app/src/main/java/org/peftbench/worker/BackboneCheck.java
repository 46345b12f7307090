package org.peftbench.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.Part;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.weights.BackboneWeights;
import org.peftbench.weights.Head;
import org.peftbench.weights.TensorFile;
import org.peftbench.weights.TensorInfo;

/** Compares a backbone with what another program computed from the same weights. */
final class BackboneCheck {

  private static final String TAP = "tap_";

  private final NDManager manager;
  private final TensorFile reference;
  private final Map<String, Double> differences = new LinkedHashMap<>();

  private BackboneCheck(NDManager manager, TensorFile reference) {
    this.manager = manager;
    this.reference = reference;
  }

  static Message.Verified run(Order.VerifyBackbone order) {
    return new Message.Verified(
        compare(
            Path.of(order.weights()), Path.of(order.reference()), order.config().map(Path::of)));
  }

  /**
   * Runs the reference's {@code input} (B, 3, S, S) and compares {@code logits} (B, K) and every
   * {@code tap_i} (B, N, D) that is there; {@code tap_0} is the embedded image.
   *
   * @param weights a weight file of any layout
   * @param reference a safetensors file
   * @param config the sizes, if the weights' shapes do not show them
   * @return the largest absolute difference by name
   * @throws WrongInputException if a file is damaged, or they do not fit each other
   */
  static Map<String, Double> compare(Path weights, Path reference, Optional<Path> config) {
    EngineLoader.load(0, Device.CPU);
    try (BackboneWeights opened =
            config
                .map(sizes -> BackboneWeights.open(weights, sizes))
                .orElseGet(() -> BackboneWeights.open(weights));
        TensorFile expected = TensorFile.open(reference);
        NDManager manager = NDManager.newBaseManager(EngineLoader.device(Device.CPU));
        NDScope scope = Part.scope()) {
      opened.check(opened.config());
      BackboneCheck check = new BackboneCheck(manager, expected);
      check.run(opened);
      return check.differences;
    }
  }

  private void run(BackboneWeights weights) {
    ViTConfig config = weights.config();
    VisionTransformer backbone = new VisionTransformer(config);
    config
        .tensorShapes()
        .keySet()
        .forEach(name -> backbone.load(name, manager, weights.read(name, config)));
    NDArray input = input(config);
    List<String> names = new ArrayList<>();
    List<Tap> taps = new ArrayList<>();
    for (int i = 0; i <= config.depth(); i++) {
      if (reference.tensors().containsKey(TAP + i)) {
        names.add(TAP + i);
        taps.add(Tap.block(i));
      }
    }
    taps.add(Tap.representation(config));
    NDList found = backbone.taps(input, taps);
    for (int i = 0; i < names.size(); i++) {
      compare(names.get(i), found.get(i));
    }
    if (reference.tensors().containsKey("logits")) {
      compare("logits", logits(weights, found.get(found.size() - 1)));
    }
    if (differences.isEmpty()) {
      throw new WrongInputException(
          reference.path() + " has neither logits nor tap_0 to tap_" + config.depth());
    }
  }

  private NDArray input(ViTConfig config) {
    NDArray input = tensor("input");
    Shape found = input.getShape();
    Shape image = new Shape(config.channels(), config.imageSize(), config.imageSize());
    if (found.dimension() != 4 || found.get(0) == 0 || !found.slice(1).equals(image)) {
      throw new WrongInputException(
          "%s: input has shape %s, expected images (B, %d, %d, %d)"
              .formatted(reference.path(), found, image.get(0), image.get(1), image.get(2)));
    }
    return input;
  }

  private NDArray logits(BackboneWeights weights, NDArray representation) {
    Head head =
        weights
            .head()
            .orElseThrow(
                () ->
                    new WrongInputException(
                        weights.path() + " has no head to compare logits with"));
    NDArray weight =
        manager.create(head.weight(), new Shape(head.classes(), representation.getShape().get(1)));
    return representation.matMul(weight.transpose()).add(manager.create(head.bias()));
  }

  private void compare(String name, NDArray found) {
    NDArray expected = tensor(name);
    if (!expected.getShape().equals(found.getShape())) {
      throw new WrongInputException(
          "%s: %s has shape %s, expected %s"
              .formatted(reference.path(), name, expected.getShape(), found.getShape()));
    }
    float difference = found.sub(expected).abs().max().getFloat();
    if (!Float.isFinite(difference)) {
      throw new WrongInputException(
          "%s: %s differs by %f".formatted(reference.path(), name, difference));
    }
    differences.put(name, (double) difference);
  }

  private NDArray tensor(String name) {
    TensorInfo info = reference.tensors().get(name);
    if (info == null) {
      throw new WrongInputException(
          "%s has no tensor '%s'; it has %s"
              .formatted(reference.path(), name, reference.tensors().keySet()));
    }
    Shape shape = new Shape(info.shape().stream().mapToLong(Long::longValue).toArray());
    return manager.create(reference.read(name), shape);
  }
}
