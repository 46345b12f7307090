package org.peftbench.report;

import java.util.List;

/**
 * The captions of a report: what all its tables share is said once, above the first; what differs
 * stands above the table that it belongs to.
 *
 * @param shared what all settings have in common
 * @param machines all machines; a report with one names it once
 */
record Captions(Caption shared, List<Machine> machines) {

  static Captions of(List<Section> sections) {
    return new Captions(
        Caption.shared(sections.stream().map(Section::caption).toList()),
        sections.stream()
            .flatMap(section -> section.costs().stream())
            .map(CostTable::machine)
            .distinct()
            .toList());
  }

  /** What stands above the first table; empty if the tables share nothing. */
  String top() {
    String common = joined(shared.toString(), machines.size() == 1 ? on(machines.get(0)) : "");
    return common.isEmpty() ? "" : "Setting of all tables: " + common;
  }

  /** What stands above a table of accuracies. */
  String above(Section section) {
    return section.caption().without(shared).toString();
  }

  /** What stands above a table of costs. */
  String above(Section section, Machine machine) {
    return joined(above(section), machines.size() == 1 ? "" : on(machine));
  }

  private static String on(Machine machine) {
    return "measured on " + machine.words();
  }

  private static String joined(String setting, String machine) {
    return setting + (setting.isEmpty() || machine.isEmpty() ? "" : "; ") + machine;
  }
}
