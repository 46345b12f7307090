package org.peftbench.task;

import static org.peftbench.task.TaskGroup.NATURAL;
import static org.peftbench.task.TaskGroup.OTHER;
import static org.peftbench.task.TaskGroup.SPECIALIZED;
import static org.peftbench.task.TaskGroup.STRUCTURED;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The tasks that are known by name: the 19 of VTAB-1K, in the order of its tables, the six of the
 * rendered suite {@code pocket}, and the four of clips of {@code pocket_motion}.
 *
 * <p>VTAB's class counts and test sizes are those of Zhai et al. 2019 ("A large-scale study of
 * representation learning with the visual task adaptation benchmark"); aliases are the folder names
 * of the copies in circulation.
 */
public final class TaskCatalog {

  private static final List<Task> VTAB =
      List.of(
          task("cifar100", NATURAL, 100, 10_000, "cifar", "cifar_100"),
          task("caltech101", NATURAL, 102, 6_084),
          task("dtd", NATURAL, 47, 1_880),
          task("flowers102", NATURAL, 102, 6_149, "oxford_flowers102"),
          task("pets", NATURAL, 37, 3_669, "oxford_iiit_pet", "oxford_pet"),
          task("svhn", NATURAL, 10, 26_032),
          task("sun397", NATURAL, 397, 21_750),
          task("patch_camelyon", SPECIALIZED, 2, 32_768),
          task("eurosat", SPECIALIZED, 10, 5_400),
          task("resisc45", SPECIALIZED, 45, 6_300),
          task("diabetic_retinopathy", SPECIALIZED, 5, 42_670),
          task("clevr_count", STRUCTURED, 8, 15_000),
          task("clevr_dist", STRUCTURED, 6, 15_000),
          task("dmlab", STRUCTURED, 6, 22_735),
          task("kitti", STRUCTURED, 4, 711),
          task("dsprites_loc", STRUCTURED, 16, 73_728),
          task("dsprites_ori", STRUCTURED, 16, 73_728),
          task("smallnorb_azi", STRUCTURED, 18, 12_150),
          task("smallnorb_ele", STRUCTURED, 9, 12_150));

  private static final List<Task> POCKET =
      List.of(
          task("pocket_objects", NATURAL, 10, 2_000),
          task("pocket_textures", NATURAL, 10, 2_000),
          task("pocket_scanner", SPECIALIZED, 8, 2_000),
          task("pocket_fine", SPECIALIZED, 5, 2_000),
          task("pocket_count", STRUCTURED, 5, 2_000),
          task("pocket_distance", STRUCTURED, 5, 2_000));

  private static final List<Task> MOTION =
      List.of(
          task("pocket_motion_direction", OTHER, 8, 1_000),
          task("pocket_motion_order", OTHER, 4, 1_000),
          task("pocket_motion_speed", OTHER, 4, 1_000),
          task("pocket_motion_turn", OTHER, 2, 1_000));

  private static final Map<String, List<Task>> SUITES =
      Map.of("vtab", VTAB, "pocket", POCKET, "pocket_motion", MOTION);

  private TaskCatalog() {}

  /** All 19 tasks of VTAB-1K. */
  public static List<Task> vtab() {
    return VTAB;
  }

  /** The six tasks that the harness renders itself, two for each group of VTAB. */
  public static List<Task> pocket() {
    return POCKET;
  }

  /** The tasks of clips that the harness renders itself. */
  public static List<Task> motion() {
    return MOTION;
  }

  /** Whether a word of a selection stands for tasks that the harness renders itself. */
  public static boolean isRendered(String word) {
    List<Task> tasks = named(word);
    return !tasks.isEmpty()
        && tasks.stream().allMatch(task -> POCKET.contains(task) || MOTION.contains(task));
  }

  /** The known tasks that a word of a selection stands for; none for any other word. */
  public static List<Task> named(String word) {
    return find(word).map(List::of).orElseGet(() -> group(word));
  }

  /** The words that stand for several tasks. */
  public static List<String> groupSelectors() {
    return Stream.concat(
            Stream.of("vtab", "pocket")
                .flatMap(
                    suite ->
                        Stream.concat(
                            Stream.of(suite),
                            Stream.of(NATURAL, SPECIALIZED, STRUCTURED)
                                .map(group -> suite + "." + group.word()))),
            Stream.of("pocket_motion"))
        .toList();
  }

  /** The known task of a canonical name or an alias. */
  public static Optional<Task> find(String name) {
    return SUITES.values().stream()
        .flatMap(List::stream)
        .filter(task -> task.isCalled(name))
        .findFirst();
  }

  /** The tasks that {@code vtab} or {@code vtab.GROUP} stands for; none for any other word. */
  static List<Task> group(String selector) {
    String[] words = selector.split("\\.", 2);
    List<Task> suite = SUITES.getOrDefault(words[0], List.of());
    if (words.length == 1) {
      return suite;
    }
    String group = words[1].equals("specialised") ? SPECIALIZED.word() : words[1];
    return suite.stream().filter(task -> task.group().word().equals(group)).toList();
  }

  private static Task task(
      String name, TaskGroup group, int classes, int testImages, String... aliases) {
    return new Task(name, group, classes, OptionalInt.of(testImages), List.of(aliases));
  }
}
