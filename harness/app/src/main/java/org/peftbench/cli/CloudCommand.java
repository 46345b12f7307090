package org.peftbench.cli;

import picocli.CommandLine.Command;

/** {@code bench cloud}. */
@Command(
    name = "cloud",
    description = "Run a backbone for edges, which train without one: see bench edge run.",
    mixinStandardHelpOptions = true,
    subcommands = CloudServeCommand.class,
    synopsisSubcommandLabel = "COMMAND")
final class CloudCommand {}
