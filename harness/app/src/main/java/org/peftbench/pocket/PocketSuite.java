package org.peftbench.pocket;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.peftbench.task.Task;
import org.peftbench.task.TaskCatalog;

/** The six tasks of images, and the four of clips. */
public final class PocketSuite {

  private static final Map<String, Scene> SCENES =
      Map.of(
          "pocket_objects", new ObjectScene(),
          "pocket_textures", new TextureScene(),
          "pocket_scanner", new ScannerScene(),
          "pocket_fine", new MothScene(),
          "pocket_count", new CountScene(),
          "pocket_distance", new DistanceScene());

  private static final Map<String, MotionScene> MOTION_SCENES =
      Map.of(
          "pocket_motion_direction", new DirectionScene(),
          "pocket_motion_order", new OrderScene(),
          "pocket_motion_speed", new SpeedScene(),
          "pocket_motion_turn", new TurnScene());

  private static final List<PocketTask> TASKS =
      TaskCatalog.pocket().stream().map(PocketSuite::rendered).toList();

  private static final List<MotionTask> MOTION =
      TaskCatalog.motion().stream()
          .map(
              task ->
                  new MotionTask(
                      task.name(),
                      task.classes(),
                      Objects.requireNonNull(MOTION_SCENES.get(task.name()))))
          .toList();

  private PocketSuite() {}

  /** The tasks, in the order of VTAB's groups. */
  public static List<PocketTask> tasks() {
    return TASKS;
  }

  /** The tasks of clips. */
  public static List<MotionTask> motion() {
    return MOTION;
  }

  /** All tasks. */
  static List<RenderedTask> all() {
    return Stream.<List<? extends RenderedTask>>of(TASKS, MOTION)
        .<RenderedTask>flatMap(List::stream)
        .toList();
  }

  /** What tells this suite from an earlier or later one, for the names of folders. */
  public static String version() {
    return Long.toString(RenderedTask.SUITE_SEED);
  }

  private static PocketTask rendered(Task task) {
    Scene scene = Objects.requireNonNull(SCENES.get(task.name()));
    return new PocketTask(task.name(), task.group(), task.classes(), scene);
  }
}
