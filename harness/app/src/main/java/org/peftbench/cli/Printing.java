package org.peftbench.cli;

import java.io.PrintWriter;
import java.util.stream.Stream;
import org.peftbench.Printable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command has: somewhere to print. */
abstract class Printing {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before a command runs
  CommandSpec spec;

  /** Where results go, and nothing else. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where progress and notes go. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Says what is wrong, in one line. */
  final void warn(String message) {
    note("bench: " + message);
  }

  /** Says something beside the result, in one line whatever names are in it. */
  final void note(String line) {
    err().println(Printable.line(line));
  }

  /** Prints a result, at once. */
  final void print(Object result) {
    out().print(result);
    out().flush();
  }

  /** Prints a result in a format, at once; a name among the values stays in its line. */
  final void printf(String format, Object... values) {
    out().printf(format, Stream.of(values).map(Printing::inLine).toArray());
    out().flush();
  }

  private static Object inLine(Object value) {
    return value instanceof Number ? value : Printable.line(value.toString());
  }
}
