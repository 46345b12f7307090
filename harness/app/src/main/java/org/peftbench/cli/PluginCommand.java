package org.peftbench.cli;

import picocli.CommandLine.Command;

/** {@code bench plugin}. */
@Command(
    name = "plugin",
    description = "Make a method of your own, and test a jar of methods.",
    mixinStandardHelpOptions = true,
    subcommands = {PluginNewCommand.class, PluginTestCommand.class},
    synopsisSubcommandLabel = "COMMAND")
final class PluginCommand {}
