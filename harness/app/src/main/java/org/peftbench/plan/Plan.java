package org.peftbench.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.peftbench.result.RecordFolder;

/**
 * What a run will do.
 *
 * @param cells in the order they are run
 * @param notes what a user should know of the data
 */
public record Plan(List<PlannedCell> cells, List<String> notes) {

  /** Copies the lists. */
  public Plan {
    cells = List.copyOf(cells);
    notes = List.copyOf(notes);
  }

  /** The same with some of its cells. */
  public Plan of(Predicate<PlannedCell> wanted) {
    return new Plan(cells.stream().filter(wanted).toList(), notes);
  }

  /** The same, with what each cell trains kept in a folder, under the cell's identity. */
  public Plan keepingAdapters(Path folder) {
    return new Plan(cells.stream().map(planned -> keeping(planned, folder)).toList(), notes);
  }

  private static PlannedCell keeping(PlannedCell planned, Path folder) {
    Path file = folder.resolve(RecordFolder.identity(planned.cell()) + ".safetensors");
    return planned.keeping(file.toAbsolutePath().toString());
  }
}
