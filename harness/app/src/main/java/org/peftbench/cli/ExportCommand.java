package org.peftbench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.peftbench.WrongInputException;
import org.peftbench.pocket.PocketExport;
import org.peftbench.pocket.PocketSuite;
import org.peftbench.pocket.RenderedTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench export}. */
@Command(
    name = "export",
    description = {
      "Write a suite that is rendered, not downloaded, in VTAB-1K's layout:",
      "pocket, images (230 MB), or pocket_motion, clips of eight frames (600 MB)."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand extends Printing implements Callable<Integer> {

  private static final Map<String, List<? extends RenderedTask>> SUITES =
      Map.of("pocket", PocketSuite.tasks(), "pocket_motion", PocketSuite.motion());

  @Parameters(index = "0", paramLabel = "SUITE", description = "pocket or pocket_motion")
  String suite = "";

  @Parameters(index = "1", paramLabel = "DIR", description = "gets a folder for each task")
  Path directory = Path.of("");

  @Override
  public Integer call() {
    List<? extends RenderedTask> tasks = SUITES.get(suite);
    if (tasks == null) {
      throw new WrongInputException(
          "unknown suite '" + suite + "'; there are pocket and pocket_motion");
    }
    PocketExport export = PocketExport.into(directory, tasks);
    for (RenderedTask task : tasks) {
      out().println(export.write(task));
    }
    return 0;
  }
}
