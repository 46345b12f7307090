package org.peftbench.pocket;

import java.util.Locale;
import java.util.Map;
import org.peftbench.render.Canvas;
import org.peftbench.task.TaskGroup;

/** A task of images. */
public final class PocketTask implements RenderedTask {

  private final String name;
  private final TaskGroup group;
  private final int classes;
  private final Scene scene;

  PocketTask(String name, TaskGroup group, int classes, Scene scene) {
    this.name = name;
    this.group = group;
    this.classes = classes;
    this.scene = scene;
  }

  @Override
  public String name() {
    return name;
  }

  /** The group of VTAB that the task is like. */
  @Override
  public TaskGroup group() {
    return group;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int count(Subset subset) {
    return subset.images();
  }

  /**
   * Renders an image, in well under a millisecond.
   *
   * @throws IndexOutOfBoundsException if the subset has no such image
   */
  public PocketImage render(Subset subset, int index) {
    int label = label(subset, index);
    Canvas canvas = new Canvas();
    scene.paint(canvas, label, dice(subset, Purpose.PIXELS, index));
    return new PocketImage(canvas.bytes(), label);
  }

  @Override
  public String line(Subset subset, int index) {
    return String.format(Locale.ROOT, "images/%s/%06d.png", subset.word(), index);
  }

  @Override
  public Map<String, PocketImage> files(Subset subset, int index) {
    return Map.of(line(subset, index), render(subset, index));
  }

  @Override
  public String toString() {
    return name;
  }
}
