package org.peftbench.pretrain;

import java.nio.file.Path;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.world.World;

/**
 * Labelled images to pretrain on. Safe for threads.
 *
 * <p>A training image follows from its position alone, so that training can go on anywhere.
 */
public interface PretrainingImages {

  /**
   * An image and its class.
   *
   * @param pixels (S, S, 3), a byte a value
   * @param label from 0
   */
  @SuppressWarnings("ArrayRecordComponent") // pixels are bulk data, handed on and never compared
  record Example(byte[] pixels, int label) {}

  /** Side of the world's images, in pixels. */
  int WORLD_SIZE = World.IMAGE_SIZE;

  /**
   * Opens images.
   *
   * @param folder of class folders; empty for the procedural world
   * @param size side of the images, in pixels
   * @param seed decides which come in which order
   * @throws WrongInputException if the folder is not one of class folders with their images in it,
   *     or the world cannot be had in that size
   */
  static PretrainingImages open(Optional<String> folder, int size, long seed) {
    if (folder.isPresent()) {
      return new ClassFolders(Path.of(folder.get()), size, seed);
    }
    if (size != WORLD_SIZE) {
      throw new WrongInputException(
          "the world is rendered at " + WORLD_SIZE + " pixels, not at " + size);
    }
    return new WorldImages(seed);
  }

  /**
   * Looks at every image for what would stop training later.
   *
   * @throws WrongInputException if one is of an unknown format, or cut off
   */
  void check();

  /** Number of classes. */
  int classes();

  /** The training image at a position, from 0 without end. */
  Example training(long position);

  /** How many images are held out of training. */
  int heldOutCount();

  /** An image that is never at a training position. */
  Example heldOut(long index);
}
