package org.peftbench.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bench completion}. */
@Command(
    name = "completion",
    description = "Print what lets bash and zsh complete commands and options.",
    mixinStandardHelpOptions = true,
    footer = {"", "For this shell: source <(./bench completion)"})
final class CompletionCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before run()
  CommandSpec spec;

  @Override
  public void run() {
    CommandSpec bench = spec.root();
    spec.commandLine().getOut().print(AutoComplete.bash(bench.name(), bench.commandLine()));
    spec.commandLine().getOut().flush();
  }
}
