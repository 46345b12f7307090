package org.peftbench.cli;

import picocli.CommandLine.Command;

/** {@code bench edge}. */
@Command(
    name = "edge",
    description = "Train side networks here, on features of a backbone that runs elsewhere.",
    mixinStandardHelpOptions = true,
    subcommands = EdgeRunCommand.class,
    synopsisSubcommandLabel = "COMMAND")
final class EdgeCommand {}
