package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.peftbench.model.Part;
import org.peftbench.train.Feed.Fed;
import org.peftbench.train.Trainee.Moment;
import org.peftbench.training.SharedTaps;

/**
 * Learners that see the same batches in the same order: each is read once, and runs through the
 * backbone once, for all of them.
 *
 * @param order of the images
 * @param batches inputs of all learners
 * @param taps whose they are
 * @param trainees who learns
 */
public record Cohort(BatchOrder order, Batches batches, SharedTaps taps, List<Trainee> trainees) {

  /** Copies the list. */
  public Cohort {
    trainees = List.copyOf(trainees);
  }

  /** Those that have not left. */
  List<Trainee> present() {
    return trainees.stream().filter(trainee -> trainee.diverged().isEmpty()).toList();
  }

  /** Seconds of all its steps that served all its learners: input, backbone and taps. */
  public double backboneSeconds() {
    return trainees.stream().mapToDouble(Trainee::sharedSeconds).max().orElse(0); // who stayed
  }

  /** Gives what is read of each batch of all epochs, and its labels. */
  Feed<int[]> feed(NDManager manager, int epochs, boolean ahead) {
    Iterator<int[]> all =
        IntStream.range(0, epochs).boxed().flatMap(epoch -> order.epoch(epoch).stream()).iterator();
    Feed.Reader<int[]> reader =
        (owner, images, memory) -> {
          NDList arrays = batches.read(owner, images, memory);
          arrays.add(owner.create(Arrays.stream(images).mapToLong(batches::label).toArray()));
          return arrays;
        };
    return new Feed<>(manager, all, reader, ahead);
  }

  /**
   * Has all that are present take a step; where all have left, nothing is read.
   *
   * @param settled waits until the device has computed what it was told to
   * @return their losses
   */
  List<Float> step(Feed<int[]> feed, long step, int epoch, Runnable settled) {
    List<Trainee> present = present();
    if (present.isEmpty()) {
      return List.of();
    }
    long began = System.nanoTime();
    long waited = feed.waitedNanos();
    try (Fed<int[]> fed = feed.next().orElseThrow();
        NDScope scope = Part.scope()) {
      NDList read = batches.inputs(fed.read());
      if (present.size() > 1) {
        settled.run(); // or the first learner would be billed for the backbone of all
      }
      Moment moment =
          new Moment(step, epoch, System.nanoTime() - began, feed.waitedNanos() - waited);
      List<Float> losses = new ArrayList<>();
      for (Trainee trainee : present) {
        NDList inputs = taps.of(trainee.learner(), read);
        losses.add(trainee.step(moment, inputs, fed.labels()));
      }
      return losses;
    }
  }
}
