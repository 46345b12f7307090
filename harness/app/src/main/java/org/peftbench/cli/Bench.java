package org.peftbench.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.peftbench.Printable;
import org.peftbench.WrongInputException;
import org.peftbench.child.JobFailedException;
import org.peftbench.edge.CloudException;
import org.peftbench.file.FileTrouble;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The {@code bench} command. */
@Command(
    name = "bench",
    description =
        "Compares parameter-efficient fine-tuning methods for vision transformers on VTAB-1K:"
            + " accuracy, memory and time under one protocol.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      TuneCommand.class,
      EdgeCommand.class,
      EvaluateCommand.class,
      MergeCommand.class,
      ReportCommand.class,
      ListCommand.class,
      DescribeCommand.class,
      BackboneCommand.class,
      WeightsCommand.class,
      PluginCommand.class,
      StepCommand.class,
      FitCommand.class,
      NoiseCommand.class,
      PretrainCommand.class,
      CloudCommand.class,
      ExportCommand.class,
      VideoCommand.class,
      SetupCommand.class,
      DoctorCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  bench run --methods last,lora --tasks vtab --data DIR --backbone vit-b16",
      "  bench run --methods linear,lora[rank=4] --tasks cifar100 --data DIR \\",
      "            --backbone vit-ti16 --weights FILE --normalize imagenet \\",
      "            --epochs 3 --limit-test 300",
      "  bench report --format latex runs",
      "",
      "Exit codes: 0 all cells succeeded, 1 some cell failed, 2 wrong input."
    })
public final class Bench {

  @Mixin final PluginFolder plugins;

  @Inject
  Bench(PluginFolder plugins) {
    this.plugins = plugins;
  }

  /** Some cell failed. */
  static final int FAILED = 1;

  /** Something the user gave is wrong. */
  static final int WRONG_INPUT = 2;

  /** Runs the command line and exits. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers read the same everywhere
    CommandLine line = commandLine();
    Output out = Output.standard();
    line.setOut(PrintableWriter.on(out));
    line.setErr(PrintableWriter.on(System.err));
    int code = line.execute(args);
    line.getOut().flush();
    System.exit(out.exitCode(code, line.getErr()));
  }

  static CommandLine commandLine() {
    Injector injector = Guice.createInjector(new CliModule());
    CommandLine line =
        new CommandLine(injector.getInstance(Bench.class), new GuiceFactory(injector));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Path.class, Bench::path);
    line.setUsageHelpAutoWidth(true);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler(Bench::wrongParameter);
    line.setExecutionExceptionHandler(Bench::failed);
    return line;
  }

  private static int wrongParameter(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    say(command, String.valueOf(e.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return WRONG_INPUT;
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parseResult)
      throws Exception {
    if (e instanceof WrongInputException) {
      sayAll(command, e);
      return WRONG_INPUT;
    }
    if (e instanceof InvalidPathException path) {
      say(command, FileTrouble.words(path));
      return WRONG_INPUT;
    }
    if (e instanceof CloudException) {
      say(command, String.valueOf(e.getMessage()));
      return FAILED;
    }
    if (e instanceof JobFailedException job) {
      String name = command.getCommandSpec().qualifiedName().replaceFirst("^\\S+ ", "");
      say(command, name + " did not come to an end: " + job.getMessage());
      job.failure().log().forEach(line -> command.getErr().println("  " + line));
      return FAILED;
    }
    if (e instanceof IOException inOut) {
      say(command, FileTrouble.words(inOut));
      return FAILED;
    }
    if (e instanceof InterruptedException) {
      say(command, "stopped; the same command goes on from here");
      return FAILED;
    }
    throw e; // a bug: the trace is wanted
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new CommandLine.TypeConversionException(FileTrouble.words(e));
    }
  }

  /** Other cells of a run may have ended alike; each says where its record is. */
  private static void sayAll(CommandLine command, Throwable thrown) {
    say(command, String.valueOf(thrown.getMessage()));
    for (Throwable other : thrown.getSuppressed()) {
      if (other instanceof WrongInputException) {
        sayAll(command, other);
      }
    }
  }

  private static void say(CommandLine command, String message) {
    command.getErr().println("bench: " + Printable.line(message));
  }
}
