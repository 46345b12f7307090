package org.peftbench.model;

/**
 * Gives blocks their values just before they run, and may take them away afterwards: how a
 * transformer runs that is larger than the memory.
 */
public interface BlockSupply {

  /** All blocks have their values all the time. */
  BlockSupply RESIDENT =
      new BlockSupply() {
        @Override
        public void bring(int block) {}

        @Override
        public void release(int block) {}
      };

  /**
   * Gives a block its values: it is the next to run.
   *
   * @param block from 0 to L-1
   */
  void bring(int block);

  /** Takes back what {@link #bring} gave: the block has run. */
  void release(int block);
}
