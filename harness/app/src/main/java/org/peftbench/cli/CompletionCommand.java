package org.peftbench.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code bench completion}. */
@Command(
    name = "completion",
    description = "Print what lets bash and zsh complete commands and options.",
    mixinStandardHelpOptions = true,
    footer = {"", "For this shell: source <(./bench completion)"})
final class CompletionCommand extends Printing implements Runnable {

  @Override
  public void run() {
    print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
  }
}
