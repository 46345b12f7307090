package org.peftbench.plan;

import java.util.List;
import java.util.Optional;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Device;
import org.peftbench.link.Blueprint;
import org.peftbench.link.Order;
import org.peftbench.model.Tap;
import org.peftbench.result.Failure;
import org.peftbench.wire.CloudAccess;

/**
 * A cell that a run will do, on a device that is chosen when its turn has come.
 *
 * @param network what to train
 * @param data directory of the tasks
 * @param featureFolder where cached features are kept
 * @param remote the cloud that it has its features from; empty if it has a backbone
 * @param taps what its method reads of the backbone; empty for one that changes it
 * @param adapter the file that gets what was trained; empty if it is not to be kept
 * @param expected what is known of its result; empty if it cannot be run
 * @param hopeless why it is not even begun: its method's jar cannot be used, or it is larger than
 *     the memory; empty if it can be
 */
public record PlannedCell(
    Blueprint network,
    String data,
    String featureFolder,
    Optional<Remote> remote,
    List<Tap> taps,
    Optional<String> adapter,
    Optional<Expected> expected,
    Optional<Failure> hopeless) {

  /**
   * A cloud, and what it is to send.
   *
   * @param access to it
   * @param bytes of values of all images that the cell is trained and judged on
   */
  public record Remote(CloudAccess access, long bytes) {}

  /** A cell that has a backbone, and of whose result nothing is known. */
  public PlannedCell(
      Blueprint network,
      String data,
      String featureFolder,
      List<Tap> taps,
      Optional<String> adapter,
      Optional<Failure> hopeless) {
    this(network, data, featureFolder, Optional.empty(), taps, adapter, Optional.empty(), hopeless);
  }

  /** Copies the taps. */
  public PlannedCell {
    taps = List.copyOf(taps);
  }

  /** What is to be measured. */
  public Cell cell() {
    return network.cell();
  }

  /** The same with a file for what is trained. */
  PlannedCell keeping(String file) {
    return new PlannedCell(
        network, data, featureFolder, remote, taps, Optional.of(file), expected, hopeless);
  }

  /**
   * What a child is told that runs cells in one pass.
   *
   * @param cells that may share one
   * @param device where to compute
   * @param gpu the GPU's model, if its driver tells
   */
  public static Order.RunPass order(List<PlannedCell> cells, Device device, Optional<String> gpu) {
    PlannedCell first = cells.get(0);
    return new Order.RunPass(
        cells.stream().map(one -> new Order.Member(one.network, one.adapter)).toList(),
        first.data,
        first.featureFolder,
        first.remote.map(Remote::access),
        device,
        gpu);
  }
}
