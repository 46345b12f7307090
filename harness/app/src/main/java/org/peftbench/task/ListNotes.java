package org.peftbench.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a reader of the results should know of a task's lists; none of it stops a run. */
final class ListNotes {

  private static final int CLASSES_SHOWN = 5;

  private final Task task;
  private final List<String> notes = new ArrayList<>();

  private ListNotes(Task task) {
    this.task = task;
  }

  /**
   * Of the lists that are there.
   *
   * @param lists in the order of {@link ListName}
   */
  static List<String> of(Task task, List<ImageList> lists) {
    ListNotes notes = new ListNotes(task);
    lists.forEach(notes::size);
    lists.forEach(notes::repeats);
    lists.stream().filter(list -> list.name().isForTraining()).forEach(notes::absentClasses);
    for (ImageList train : lists) {
      for (ImageList judge : lists) {
        if (train.name().mustNotShareWith(judge.name())) {
          notes.shared(train, judge);
        }
      }
    }
    return List.copyOf(notes.notes);
  }

  private void size(ImageList list) {
    int official = list.name().officialImages(task);
    int found = list.clips().size();
    if (task.group() != TaskGroup.OTHER && found != official) {
      note(
          "%s lists %d images, VTAB-1K's has %d"
              .formatted(list.name().fileName(), found, official));
    }
  }

  private void repeats(ImageList list) {
    Repeats repeats = Repeats.in(list.clips());
    repeats
        .alike()
        .ifPresent(
            pair ->
                note(
                    "lines of %s that repeat an earlier one: %d, such as line %d, as line %d"
                        .formatted(
                            list.name().fileName(),
                            pair.count(),
                            list.line(pair.later()),
                            list.line(pair.earlier()))));
    repeats
        .contrary()
        .ifPresent(
            pair ->
                note(
                    ("lines of %s that contradict an earlier one: %d, such as line %d with label"
                            + " %d, which line %d gives %d")
                        .formatted(
                            list.name().fileName(),
                            pair.count(),
                            list.line(pair.later()),
                            list.clips().get(pair.later()).label(),
                            list.line(pair.earlier()),
                            list.clips().get(pair.earlier()).label())));
  }

  /** Labels with gaps, or counted from 1, or one that is far off: nothing tells such classes. */
  private void absentClasses(ImageList list) {
    BitSet present = new BitSet(task.classes());
    list.clips().forEach(clip -> present.set(clip.label()));
    int absent = task.classes() - present.cardinality();
    if (absent > 0) {
      String shown =
          IntStream.range(0, task.classes())
              .filter(label -> !present.get(label))
              .limit(CLASSES_SHOWN)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", "));
      boolean fromOne = absent == 1 && !present.get(0);
      note(
          "%d of %d classes have no image in %s: %s%s%s"
              .formatted(
                  absent,
                  task.classes(),
                  list.name().fileName(),
                  shown,
                  absent > CLASSES_SHOWN ? ", ..." : "",
                  fromOne ? "; labels count from 0" : ""));
    }
  }

  private void shared(ImageList train, ImageList judge) {
    Set<Path> seen = new HashSet<>();
    train.clips().forEach(clip -> seen.addAll(clip.frames()));
    long shared =
        judge.clips().stream()
            .flatMap(clip -> clip.frames().stream())
            .filter(seen::contains)
            .count();
    if (shared > 0) {
      note(
          "%d images of %s are also in %s"
              .formatted(shared, judge.name().fileName(), train.name().fileName()));
    }
  }

  private void note(String text) {
    notes.add(task.name() + ": " + text);
  }
}
