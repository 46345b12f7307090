package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Split;
import org.peftbench.link.Message;
import org.peftbench.task.DataDirectory;
import org.peftbench.task.ImageStream;
import org.peftbench.task.LabelledImage;
import org.peftbench.task.ListName;
import org.peftbench.task.Pixels;
import org.peftbench.train.CachedBatches;
import org.peftbench.train.DivergedException;
import org.peftbench.train.ImageArrays;
import org.peftbench.train.Judgement;
import org.peftbench.training.Learner;

/** The one place that opens the split a learner is judged on. */
final class SplitJudge {

  private static final int BATCHES_AHEAD = 2;

  private final Cell cell;
  private final int frames;
  private final List<LabelledImage> all;

  /** Opens the split of a cell. */
  SplitJudge(Cell cell, String data) {
    this.cell = cell;
    ListName list = cell.protocol().evaluate() == Split.TEST ? ListName.TEST : ListName.VAL200;
    this.frames = cell.protocol().frames();
    this.all = DataDirectory.open(Path.of(data)).task(cell.task()).withFrames(frames).images(list);
  }

  /** Images or clips that the split has. */
  int images() {
    return all.size() / frames;
  }

  /** The images that are judged: all, or the first that the protocol limits it to. */
  List<LabelledImage> judged() {
    int most = cell.protocol().limitTest().orElse(Integer.MAX_VALUE);
    return all.subList(0, Math.min(images(), most) * frames);
  }

  /** Judges one learner. */
  Judgement judge(Learner learner, NDManager manager, Parent parent) {
    return judge(List.of(learner), judged -> DecodedOnce.decoded(cell, judged), manager, parent)
        .get(0)
        .orElseThrow(DivergedException::inJudging);
  }

  /**
   * Judges learners of one backbone on all of it, or on the first images that the protocol limits
   * it to.
   *
   * @param pixels gives images as the cell wants them
   * @return of each; empty if a logit is not a finite number
   */
  List<Optional<Judgement>> judge(
      List<Learner> learners,
      Function<List<LabelledImage>, Pixels> pixels,
      NDManager manager,
      Parent parent) {
    try (Pixels judged = pixels.apply(judged());
        ImageStream stream =
            ImageStream.open(judged, cell.protocol().batchSize(), frames, BATCHES_AHEAD)) {
      int clips = judged.images().size() / frames;
      return Judgement.of(
          learners,
          new ImageArrays(judged.size(), cell.protocol().normalize(), manager),
          stream,
          manager,
          done -> parent.send(new Message.Progress(done, clips, "images")));
    }
  }

  /**
   * Judges learners on taps of the same images that lie somewhere.
   *
   * @return of each; empty if a logit is not a finite number
   */
  List<Optional<Judgement>> judge(
      List<Learner> learners, CachedBatches.Source taps, NDManager manager, Parent parent) {
    int[] labels = LabelledImage.labels(judged(), frames);
    return Judgement.of(
        learners,
        new CachedBatches(taps, labels, frames),
        cell.protocol().batchSize(),
        manager,
        done -> parent.send(new Message.Progress(done, labels.length, "images")));
  }
}
