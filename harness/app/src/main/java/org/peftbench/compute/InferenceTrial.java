package org.peftbench.compute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Median;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.result.Flops;
import org.peftbench.result.Inference;
import org.peftbench.training.AdamW;
import org.peftbench.training.Autocast;
import org.peftbench.training.Learner;

/**
 * Times a trained network against the plain backbone, turn by turn, so that what disturbs one
 * disturbs the other, and counts what both compute. Images are zeros: dense layers do not look.
 */
public final class InferenceTrial {

  private static final int FEWEST_ROUNDS = 3;
  private static final int MOST_ROUNDS = 20;
  private static final double ENOUGH_SECONDS = 0.2;

  private final Learner learner;
  private final VisionTransformer plain;
  private final NDManager manager;

  /**
   * Makes a trial.
   *
   * @param learner the trained network, whose backbone has its values
   * @param plain the backbone without it; may be the learner's own if that only reads it
   */
  public InferenceTrial(Learner learner, VisionTransformer plain, NDManager manager) {
    this.learner = learner;
    this.plain = plain;
    this.manager = manager;
  }

  /**
   * Runs the trial.
   *
   * @param batch images a batch
   * @param liveBackbone whether training ran the backbone at each step
   */
  public Inference run(int batch, boolean liveBackbone) {
    double[] batches = medians(batch);
    double[] images = medians(1);
    return new Inference(
        batch, batches[0], batches[1], images[0], images[1], flops(batch, liveBackbone));
  }

  /** Times the learner and the plain backbone, and gives the median of each in seconds. */
  private double[] medians(int batch) {
    try (NDArray images = images(batch)) {
      adapted(images);
      plain(images);
      List<Double> adapted = new ArrayList<>();
      List<Double> plain = new ArrayList<>();
      long began = System.nanoTime();
      while (adapted.size() < FEWEST_ROUNDS
          || (adapted.size() < MOST_ROUNDS && seconds(began) < ENOUGH_SECONDS)) {
        // Who goes first changes, for the second finds what the first has left in the caches.
        boolean adaptedFirst = adapted.size() % 2 == 0;
        for (boolean turn : new boolean[] {adaptedFirst, !adaptedFirst}) {
          long before = System.nanoTime();
          if (turn) {
            adapted(images);
          } else {
            plain(images);
          }
          (turn ? adapted : plain).add(seconds(before));
        }
      }
      return new double[] {median(adapted), median(plain)};
    }
  }

  private Flops flops(int batch, boolean liveBackbone) {
    try (NDArray image = images(1)) {
      return new Flops(
          FlopCount.of(OperatorLog.of(() -> plain(image))),
          FlopCount.of(OperatorLog.of(() -> adapted(image))),
          learner.readsOnly() ? side(image) : Optional.empty(),
          trainStep(batch, liveBackbone));
    }
  }

  private Optional<Long> side(NDArray image) {
    try (NDScope scope = Part.scope()) {
      NDList inputs = learner.inputs(image);
      return FlopCount.of(OperatorLog.of(() -> learner.logits(inputs, false).toFloatArray()));
    }
  }

  /** Takes one training step more, at a learning rate of 0. */
  private Optional<Long> trainStep(int batch, boolean liveBackbone) {
    try (NDArray images = images(batch);
        NDArray labels = manager.zeros(new Shape(batch), DataType.INT64);
        AdamW optimizer = new AdamW(manager, 0);
        NDScope scope = Part.scope()) {
      NDList taps = learner.inputs(images);
      List<Operator> log =
          OperatorLog.of(
              () ->
                  learner.step(
                      liveBackbone ? learner.inputs(images) : taps,
                      labels,
                      leaves -> optimizer.update(leaves, 0)));
      return FlopCount.of(log).map(flops -> flops / batch);
    }
  }

  private NDArray images(int batch) {
    ViTConfig config = plain.config();
    return manager.zeros(
        new Shape(
            (long) batch * config.frames(),
            config.channels(),
            config.imageSize(),
            config.imageSize()));
  }

  private void adapted(NDArray images) {
    try (NDScope scope = Part.scope()) {
      learner.logits(learner.inputs(images), false).toFloatArray(); // which waits for the result
    }
  }

  private void plain(NDArray images) {
    try (NDScope scope = Part.scope();
        Autocast cast = Autocast.open(images.getDevice(), learner.precision().lowersFrozen())) {
      plain.forward(images, false).toFloatArray(); // the final norm gives float32
    }
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static double median(List<Double> values) {
    return Median.withDefaults()
        .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
