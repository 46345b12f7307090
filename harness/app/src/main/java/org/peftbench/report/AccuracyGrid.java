package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The accuracy table as people see it: {@code 82.51 ± 0.31}, {@code 61.20 (2/7)}, {@code out of
 * memory}.
 */
final class AccuracyGrid {

  private static final String TITLE =
      "Top-1 accuracy in percent, mean ± sample standard deviation over seeds";
  private static final List<String> FIRST = List.of("method", "seeds");

  private final Section section;
  private final List<String> footnotes = new ArrayList<>();

  private AccuracyGrid(Section section) {
    this.section = section;
  }

  static Grid of(Section section, String caption, int number) {
    return new AccuracyGrid(section).grid(caption, number);
  }

  private Grid grid(String caption, int number) {
    AccuracyTable table = section.accuracy();
    return new Grid(
        "accuracy-" + number,
        TITLE,
        caption,
        Stream.concat(FIRST.stream(), table.columns().stream().map(AccuracyColumn::name))
            .map(Text::oneLine)
            .toList(),
        Stream.concat(
                FIRST.stream().map(name -> ""),
                table.columns().stream().map(AccuracyColumn::heading))
            .map(Text::oneLine)
            .toList(),
        table.rows().stream().map(this::row).toList(),
        footnotes,
        Stream.concat(
                TuningNotes.of(table.rows()).stream(),
                section.notes().entrySet().stream()
                    .map(note -> note.getKey() + ": " + note.getValue()))
            .toList());
  }

  private List<Grid.Cell> row(AccuracyTable.Row row) {
    List<Grid.Cell> cells = new ArrayList<>();
    cells.add(Grid.Cell.of(row.method()));
    cells.add(Grid.Cell.of(String.valueOf(row.seeds().size())));
    for (int i = 0; i < row.scores().size(); i++) {
      AccuracyColumn column = section.accuracy().columns().get(i);
      Score score = row.scores().get(i);
      int footnote = 0;
      if (!score.failures().isEmpty() && column.task()) {
        String where = row.method() + " on " + Text.oneLine(column.name());
        footnotes.add(where + ": " + String.join("; ", score.failures()));
        footnote = footnotes.size();
      }
      cells.add(new Grid.Cell(text(score, column.task()), footnote, best(score, i)));
    }
    return cells;
  }

  /** A number with its spread, and how much it stands on where that is not all. */
  static String text(Score score, boolean task) {
    String number =
        score
            .mean()
            .map(mean -> Text.fixed(mean, 2))
            .or(() -> score.reason().map(Object::toString))
            .orElse("n/a");
    String spread = score.sd().map(sd -> " ± " + Text.fixed(sd, 2)).orElse("");
    if (score.whole() || (task && score.count() == 0)) {
      return number + spread;
    }
    return number + spread + (" (" + score.count() + "/" + score.of()) + (task ? " seeds)" : ")");
  }

  /** Only whole numbers compete, as printed, so that what looks equal is equal. */
  private boolean best(Score score, int column) {
    List<Double> rivals =
        section.accuracy().rows().stream()
            .map(row -> row.scores().get(column))
            .filter(AccuracyGrid::competes)
            .map(AccuracyGrid::printed)
            .toList();
    return rivals.size() > 1
        && competes(score)
        && rivals.stream().allMatch(rival -> rival <= printed(score));
  }

  private static boolean competes(Score score) {
    return score.whole() && score.mean().isPresent();
  }

  private static double printed(Score score) {
    return Double.parseDouble(Text.fixed(score.mean().orElseThrow(), 2));
  }
}
