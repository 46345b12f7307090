package org.peftbench.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.adapter.AdapterFile;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Device;
import org.peftbench.file.Folders;
import org.peftbench.link.Blueprint;
import org.peftbench.link.Order;
import org.peftbench.model.ViTConfig;
import org.peftbench.task.ListName;
import org.peftbench.task.TaskFolder;

/** Plans what is done with adapters, and finds what can be wrong with that before it starts. */
public final class AdapterPlanner {

  private final Methods methods;
  private final Folders folders;
  private final TaskFinder tasks;

  /**
   * A planner.
   *
   * @param methods the methods
   * @param folders where downloaded weights are
   * @param tasks finds the tasks' folders
   */
  public AdapterPlanner(Methods methods, Folders folders, TaskFinder tasks) {
    this.methods = methods;
    this.folders = folders;
    this.tasks = tasks;
  }

  /**
   * What to judge.
   *
   * @param adapter a file of {@code bench run --save-adapters}
   * @param selection tasks to judge on; empty for the one that it was trained on
   * @param data directory of the tasks
   * @param weights the backbone's file; empty to find it as it was found for training
   * @param limit only the first test images
   * @param device where to compute
   */
  public record Request(
      Path adapter,
      Optional<String> selection,
      Path data,
      Optional<String> weights,
      Optional<Integer> limit,
      Device device) {}

  /**
   * The network that was trained.
   *
   * @throws WrongInputException if adapter or weights are missing, damaged or do not fit
   */
  public Blueprint network(Path adapter, Optional<String> weights) {
    try (AdapterFile file = AdapterFile.open(adapter)) {
      Cell trained = file.cell();
      Planner.requireBatch(trained.protocol().batchImages(), config(adapter, trained));
      methods.require(trained.method(), config(adapter, trained));
      methods.close();
      return new Blueprint(
          trained,
          file.classes(),
          weights(adapter, weights, trained).file().map(Path::toString),
          methods.jar(trained.method()));
    }
  }

  /**
   * Orders to judge it, one a task.
   *
   * @throws WrongInputException if anything is missing, damaged or does not fit
   */
  public List<Order.Judge> plan(Request request) {
    Blueprint network = network(request.adapter(), request.weights());
    Planner.possible(network.cell().protocol().precision(), request.device().type());
    List<Order.Judge> orders = new ArrayList<>();
    int frames = network.cell().protocol().frames();
    for (TaskFolder found :
        tasks.find(request.selection().orElse(network.cell().task()), request.data())) {
      TaskFolder folder = found.withFrames(frames);
      if (frames > 1 && !folder.hasClips(ListName.TEST)) {
        throw new WrongInputException(
            "%s was trained on clips of %d frames, and %s has images"
                .formatted(request.adapter(), frames, folder.task().name()));
      }
      if (folder.task().classes() != network.classes()) {
        throw new WrongInputException(
            "%s has a head of %d classes, %s has %d"
                .formatted(
                    request.adapter(),
                    network.classes(),
                    folder.task().name(),
                    folder.task().classes()));
      }
      folder.check(ListName.TEST);
      Cell judged =
          network
              .cell()
              .judgedOn(folder.task().name(), folder.fingerprint(ListName.TEST), request.limit());
      orders.add(
          new Order.Judge(
              network.of(judged),
              folder.data().toAbsolutePath().toString(),
              request.adapter().toAbsolutePath().toString(),
              request.device()));
    }
    return orders;
  }

  private static ViTConfig config(Path adapter, Cell cell) {
    try {
      return cell.config();
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(adapter + ": " + e.getMessage(), e);
    }
  }

  private WeightSource weights(Path adapter, Optional<String> given, Cell cell) {
    ViTConfig config = config(adapter, cell);
    BackboneChoice backbone = cell.backbone();
    WeightSource found =
        WeightSource.find(
            given.or(() -> Optional.of(backbone.weights())),
            backbone.name(),
            config,
            folders.weights());
    if (!found.sha256().equals(backbone.weightsSha256())) {
      throw new WrongInputException(
          "%s was trained on %s with SHA-256 %s, and %s has %s; give its file with --weights"
              .formatted(
                  adapter,
                  backbone.weights(),
                  shortened(backbone.weightsSha256()),
                  found.name(),
                  shortened(found.sha256())));
    }
    return found;
  }

  private static String shortened(String sha256) {
    return sha256.isEmpty() ? "none" : sha256.substring(0, Math.min(8, sha256.length()));
  }
}
