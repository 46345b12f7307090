package org.peftbench.pocket;

import java.util.List;
import org.peftbench.task.TaskGroup;

/**
 * The six tasks.
 *
 * <p>Every image follows from the task's name, the split and the index alone, in arithmetic that
 * Java defines to the last bit: the bytes are the same on every machine and Java version.
 */
public final class PocketSuite {

  private static final List<PocketTask> TASKS =
      List.of(
          task("pocket_objects", TaskGroup.NATURAL, ObjectScene.CLASSES.size(), new ObjectScene()),
          task(
              "pocket_textures",
              TaskGroup.NATURAL,
              TextureScene.CLASSES.size(),
              new TextureScene()),
          task(
              "pocket_scanner",
              TaskGroup.SPECIALIZED,
              ScannerScene.CLASSES.size(),
              new ScannerScene()),
          task("pocket_fine", TaskGroup.SPECIALIZED, MothScene.CLASSES.size(), new MothScene()),
          task("pocket_count", TaskGroup.STRUCTURED, CountScene.MOST, new CountScene()),
          task("pocket_orient", TaskGroup.STRUCTURED, OrientScene.BINS, new OrientScene()));

  private PocketSuite() {}

  /** The tasks, in the order of VTAB's groups. */
  public static List<PocketTask> tasks() {
    return TASKS;
  }

  private static PocketTask task(String name, TaskGroup group, int classes, Scene scene) {
    return new PocketTask(name, group, classes, scene);
  }
}
