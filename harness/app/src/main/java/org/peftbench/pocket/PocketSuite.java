package org.peftbench.pocket;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.peftbench.task.Task;
import org.peftbench.task.TaskCatalog;

/**
 * The six tasks.
 *
 * <p>Every image follows from the task's name, the subset and the index alone, in arithmetic that
 * Java defines to the last bit: the bytes are the same on every machine and Java version.
 */
public final class PocketSuite {

  private static final Map<String, Scene> SCENES =
      Map.of(
          "pocket_objects", new ObjectScene(),
          "pocket_textures", new TextureScene(),
          "pocket_scanner", new ScannerScene(),
          "pocket_fine", new MothScene(),
          "pocket_count", new CountScene(),
          "pocket_distance", new DistanceScene());

  private static final List<PocketTask> TASKS =
      TaskCatalog.pocket().stream().map(PocketSuite::rendered).toList();

  private PocketSuite() {}

  /** The tasks, in the order of VTAB's groups. */
  public static List<PocketTask> tasks() {
    return TASKS;
  }

  /** What tells this suite from an earlier or later one, for the names of folders. */
  public static String version() {
    return Long.toString(PocketTask.SUITE_SEED);
  }

  private static PocketTask rendered(Task task) {
    Scene scene = Objects.requireNonNull(SCENES.get(task.name()));
    return new PocketTask(task.name(), task.group(), task.classes(), scene);
  }
}
