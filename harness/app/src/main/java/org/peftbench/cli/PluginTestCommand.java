package org.peftbench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.peftbench.WrongInputException;
import org.peftbench.child.Child;
import org.peftbench.child.JobFailedException;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.plugin.PluginJar;
import org.peftbench.plugin.UnusableJarException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench plugin test}. */
@Command(
    name = "test",
    description =
        "Look whether a jar's methods keep what every method promises: shapes, gradients, frozen"
            + " bytes, counts, seeds, leaks and more, on three tiny backbones.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each method is tested with its defaults, and with every other value of its options that",
      "are true or false or one of a list. Exit codes: 0 all is kept, 1 something is broken."
    })
final class PluginTestCommand extends Printing implements Callable<Integer> {

  @Parameters(paramLabel = "JAR", description = "a jar of methods")
  Path jar = Path.of("");

  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  private static final class Tally {
    private int kept;
    private int broken;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, JobFailedException {
    Child.run(
        new Order.TestJar(read()),
        Runtime.getRuntime().availableProcessors(),
        Message.Tested.class,
        this::hear);
    tallies.forEach(
        (subject, tally) ->
            printf("%s: %d promises kept, %d broken%n", subject, tally.kept, tally.broken));
    return tallies.values().stream().allMatch(tally -> tally.broken == 0) ? 0 : Bench.FAILED;
  }

  private PluginJar read() {
    try {
      return PluginJar.read(jar);
    } catch (UnusableJarException e) {
      throw new WrongInputException(e);
    }
  }

  private void hear(Message message) {
    if (message instanceof Message.Promised promised) {
      count(promised);
    }
  }

  private void count(Message.Promised promised) {
    String subject =
        promised.method()
            + (promised.options().equals("defaults") ? "" : "[" + promised.options() + "]");
    Tally tally = tallies.computeIfAbsent(subject, name -> new Tally());
    if (promised.broken().isEmpty()) {
      tally.kept++;
      return;
    }
    tally.broken++;
    printf("%s: BROKEN: %s%n    %s%n", subject, promised.promise(), promised.broken().get());
  }
}
