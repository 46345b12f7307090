package org.peftbench.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Published hyper-parameters of a method, task by task, under a name that users type: {@code
 * vpt-deep[preset=adapter-plus]}.
 *
 * @param name lower-case words joined by hyphens
 * @param source where they are published
 * @param tasks by task, as VTAB's folders are called, the options by name, as a user would type
 *     them
 */
public record Preset(String name, String source, Map<String, Map<String, String>> tasks) {

  /** The key that a preset's name is typed under, among hyper-parameters: none of them has it. */
  public static final String OPTION = "preset";

  /** The key that the file with a study's choice is typed under; no hyper-parameter has it. */
  public static final String TUNED = "tuned";

  /** Copies the maps. */
  public Preset {
    Map<String, Map<String, String>> copies = new LinkedHashMap<>();
    tasks.forEach((task, options) -> copies.put(task, Map.copyOf(options)));
    tasks = Collections.unmodifiableMap(copies);
  }

  /**
   * Reads a table: a line for each task, {@code cifar100 prompts=10 dropout=0.1}.
   *
   * @throws IllegalArgumentException if a line is malformed or a task is there twice
   */
  public static Preset of(String name, String source, String table) {
    Map<String, Map<String, String>> tasks = new LinkedHashMap<>();
    table
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(
            line -> {
              String[] words = line.strip().split("\\s+", -1);
              Map<String, String> options = new LinkedHashMap<>();
              for (int i = 1; i < words.length; i++) {
                String[] pair = words[i].split("=", -1);
                if (pair.length != 2 || options.put(pair[0], pair[1]) != null) {
                  throw new IllegalArgumentException("preset " + name + ": '" + line + "'");
                }
              }
              if (options.isEmpty() || tasks.put(words[0], options) != null) {
                throw new IllegalArgumentException("preset " + name + ": '" + line + "'");
              }
            });
    return new Preset(name, source, tasks);
  }
}
