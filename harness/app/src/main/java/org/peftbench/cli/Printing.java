package org.peftbench.cli;

import java.io.PrintWriter;
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
    err().println(Bench.line(message));
  }

  /** Prints a result, at once. */
  final void print(Object result) {
    out().print(result);
    out().flush();
  }

  /** Prints a result in a format, at once. */
  final void printf(String format, Object... values) {
    out().printf(format, values);
    out().flush();
  }
}
