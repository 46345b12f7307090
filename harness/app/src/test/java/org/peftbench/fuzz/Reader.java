package org.peftbench.fuzz;

import java.util.List;
import org.peftbench.WrongInputException;

/**
 * Something that reads bytes which nobody vouches for.
 *
 * @param name in one word
 * @param samples valid, and small
 * @param read reads
 * @param refusal what it may throw instead, with a message of one line
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reader(String name, List<byte[]> samples, Read read, Class<? extends Exception> refusal) {

  /** Reads bytes, or refuses them. */
  interface Read {
    void read(byte[] bytes) throws Exception;
  }

  static Reader of(String name, List<byte[]> samples, Read read) {
    return new Reader(name, samples, read, WrongInputException.class);
  }

  @Override
  public String toString() {
    return name;
  }
}
