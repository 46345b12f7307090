package org.peftbench.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.peftbench.WrongInputException;
import org.peftbench.pocket.PocketExport;
import org.peftbench.pocket.PocketSuite;
import org.peftbench.pocket.PocketTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench export}. */
@Command(
    name = "export",
    description = "Write a suite that is rendered, not downloaded, in VTAB-1K's layout (230 MB).",
    mixinStandardHelpOptions = true)
final class ExportCommand extends Printing implements Callable<Integer> {

  private static final String POCKET = "pocket";

  @Parameters(index = "0", paramLabel = "SUITE", description = POCKET)
  String suite = "";

  @Parameters(index = "1", paramLabel = "DIR", description = "gets a folder for each task")
  Path directory = Path.of("");

  @Override
  public Integer call() {
    if (!suite.equals(POCKET)) {
      throw new WrongInputException("unknown suite '" + suite + "'; there is one: " + POCKET);
    }
    PocketExport export = PocketExport.into(directory);
    for (PocketTask task : PocketSuite.tasks()) {
      out().println(export.write(task));
    }
    return 0;
  }
}
