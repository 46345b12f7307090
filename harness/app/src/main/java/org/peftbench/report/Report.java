package org.peftbench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.peftbench.cell.Cell;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Json;

/**
 * Accuracy and cost of methods: for each setting one accuracy table and, a machine, one cost table.
 *
 * <p>The same records give the same text, byte by byte, in whatever order they come.
 */
public final class Report {

  private record Page(List<Section> sections) {}

  private final List<Section> sections;
  private final int filesLeftOut;

  private Report(List<Section> sections, int filesLeftOut) {
    this.sections = List.copyOf(sections);
    this.filesLeftOut = filesLeftOut;
  }

  /**
   * Makes the tables.
   *
   * @param records at most one a cell, of any settings
   * @param order the benchmark's tasks and groups; tasks outside it come after them
   * @param notes what a reader must know of a method, by its id, such as that it is a
   *     reconstruction
   */
  public static Report of(List<CellRecord> records, TaskOrder order, Map<String, String> notes) {
    return of(records, order, notes, Metrics.COSTS);
  }

  static Report of(
      List<CellRecord> records, TaskOrder order, Map<String, String> notes, List<Metric> metrics) {
    Set<Cell> cells = new HashSet<>();
    for (CellRecord record : records) {
      if (!cells.add(record.cell())) {
        throw new IllegalArgumentException("two records of one cell: " + record.cell());
      }
    }
    return new Report(Section.of(records, order, notes, metrics), 0);
  }

  /** The same without cost tables: nothing in it depends on when or how often cells were run. */
  public Report accuracyOnly() {
    return new Report(sections.stream().map(Section::withoutCosts).toList(), filesLeftOut);
  }

  /** The same, which says above its tables that so many files could not be read. */
  public Report without(int files) {
    return new Report(sections, files);
  }

  /** The report as text that ends with a line's end. */
  public String render(Format format) {
    String top = top();
    return switch (format) {
      case MD -> Markdown.render(top, grids());
      case CSV -> ReportCsv.render(sections);
      case LATEX -> Latex.render(top, grids());
      case JSON -> json(new Page(sections));
      case HTML -> Html.render(top, grids());
    };
  }

  private String top() {
    String shared = Captions.of(sections).top();
    String incomplete =
        filesLeftOut == 0
            ? ""
            : "Not in these tables: %d files that are no records".formatted(filesLeftOut);
    return shared + (shared.isEmpty() || incomplete.isEmpty() ? "" : ". ") + incomplete;
  }

  /**
   * Draws accuracy against memory, time and parameters, as SVG and as PNG, where there is more than
   * one method; and that of edge cells against bytes.
   *
   * @param folder where they go; must be there
   * @return the files, without their endings
   */
  public List<Path> draw(Path folder) throws IOException {
    List<Path> drawn = new ArrayList<>();
    for (Tradeoff tradeoff : Tradeoff.of(sections)) {
      if (tradeoff.points().size() > 1) {
        Chart.write(tradeoff, folder);
        drawn.add(folder.resolve(tradeoff.name()));
      }
    }
    for (ByteCurve curve : ByteCurve.of(sections)) {
      Chart.write(curve, folder);
      drawn.add(folder.resolve(curve.name()));
    }
    return drawn;
  }

  static String json(Object value) {
    try {
      return Json.PRETTY.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException wrong) {
      throw new IllegalStateException("a table has no JSON: " + Json.explain(wrong), wrong);
    }
  }

  private List<Grid> grids() {
    Captions captions = Captions.of(sections);
    List<Grid> grids = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      grids.add(AccuracyGrid.of(section, captions.above(section), i + 1));
      for (int j = 0; j < section.costs().size(); j++) {
        CostTable costs = section.costs().get(j);
        String caption = captions.above(section, costs.machine());
        String suffix = "-" + (i + 1) + "-" + (j + 1);
        grids.addAll(CostGrids.of(costs, caption, suffix));
        section.sharedPasses().stream()
            .filter(passes -> passes.machine().equals(costs.machine()))
            .forEach(passes -> grids.add(PassGrid.of(passes, caption, suffix)));
        section.edges().stream()
            .filter(edges -> edges.machine().equals(costs.machine()))
            .forEach(edges -> grids.addAll(EdgeGrid.of(edges, caption, suffix)));
      }
    }
    return grids;
  }
}
