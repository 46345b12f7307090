package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Split;
import org.peftbench.image.Interpolation;
import org.peftbench.link.Message;
import org.peftbench.link.WorkOrder;
import org.peftbench.task.DataDirectory;
import org.peftbench.task.ImageStream;
import org.peftbench.task.LabelledImage;
import org.peftbench.task.ListName;
import org.peftbench.task.Normalization;
import org.peftbench.train.Judgement;
import org.peftbench.train.PixelInputs;
import org.peftbench.training.Learner;

/** The one place that opens the split a learner is judged on. */
final class SplitJudge {

  private static final int BATCHES_AHEAD = 2;

  private final Cell cell;
  private final List<LabelledImage> all;

  /** Opens the split of an order's cell. */
  SplitJudge(WorkOrder order) {
    this.cell = order.cell();
    ListName list = cell.protocol().evaluate() == Split.TEST ? ListName.TEST : ListName.VAL200;
    this.all = DataDirectory.open(Path.of(order.data())).task(cell.task()).images(list);
  }

  /** Images that the split has. */
  int images() {
    return all.size();
  }

  /** Judges on all of it, or on the first images that the protocol limits it to. */
  Judgement judge(Learner learner, NDManager manager, Parent parent) {
    int size = cell.backbone().imageSize();
    int count = Math.min(all.size(), cell.protocol().limitTest().orElse(Integer.MAX_VALUE));
    Normalization normalization = Normalization.named(cell.protocol().normalize());
    try (ImageStream stream =
        ImageStream.open(
            all.subList(0, count),
            size,
            Interpolation.named(cell.protocol().interpolation()),
            cell.protocol().batchSize(),
            BATCHES_AHEAD)) {
      return Judgement.of(
          learner,
          new PixelInputs(size, normalization, learner),
          stream,
          manager,
          done -> parent.send(new Message.Progress(done, count, "images")));
    }
  }
}
