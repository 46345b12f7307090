package org.peftbench.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Standard output. Writers keep quiet about what they could not write; this remembers it, because a
 * table that is not there is no success.
 */
final class Output extends FilterOutputStream {

  private final boolean pipe;
  private @Nullable IOException trouble;

  /**
   * An output.
   *
   * @param pipe whether a reader that wants no more is at its end, which is no trouble
   */
  Output(OutputStream to, boolean pipe) {
    super(to);
    this.pipe = pipe;
  }

  /** That of this process. */
  static Output standard() {
    return new Output(new FileOutputStream(FileDescriptor.out), isPipe(Path.of("/proc/self/fd/1")));
  }

  private static boolean isPipe(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException e) {
      return false; // not Linux: then a closed pipe is said to be one
    }
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      trouble = e;
      throw e;
    }
  }

  /**
   * What the program exits with once all is printed.
   *
   * @param code what it would exit with
   * @param err told why not all could be written
   */
  int exitCode(int code, PrintWriter err) {
    if (trouble == null || pipe) {
      return code;
    }
    err.println("bench: standard output could not be written: " + trouble.getMessage());
    return code == 0 ? Bench.FAILED : code;
  }
}
