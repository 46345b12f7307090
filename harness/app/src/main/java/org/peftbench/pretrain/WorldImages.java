package org.peftbench.pretrain;

import org.peftbench.world.World;

/** Images of the procedural world: none is seen twice. */
final class WorldImages implements PretrainingImages {

  private static final int HELD_OUT_OF_EACH = 10;
  private static final long HELD_OUT_STREAM = 0;

  private final World world = new World();
  private final long stream;

  WorldImages(long seed) {
    this.stream = 1 + seed;
  }

  /** They are drawn, and never wrong. */
  @Override
  public void check() {}

  @Override
  public int classes() {
    return world.classes();
  }

  @Override
  public Example training(long position) {
    return example(stream, position);
  }

  @Override
  public int heldOutCount() {
    return HELD_OUT_OF_EACH * world.classes();
  }

  @Override
  public Example heldOut(long index) {
    return example(HELD_OUT_STREAM, index);
  }

  private Example example(long from, long index) {
    return new Example(world.render(from, index), world.label(from, index));
  }
}
