package org.peftbench.report;

import java.util.Locale;

/** Metrics that share a table, in the order in which the tables are printed. */
enum MetricGroup {
  /** What most readers look for. */
  COST("Cost over tasks and seeds: largest memory, median times, of the cells that succeeded"),
  /** Parts of the memory of training. */
  MEMORY(
      "Memory of training in MiB, of each method's hungriest cell: floor and peak are measured,"
          + " weights, gradients, optimiser and taps counted, the rest is what is left"),
  /** Parts of the time of a cell, and rates. */
  TIME("Where the time went: medians over tasks and seeds"),
  /** What the trained network takes. */
  INFERENCE(
      "Inference with the trained network beside the plain backbone, which took turns, and"
          + " floating-point operations for an image"),
  /** What training took of the GPU, and energy. */
  ENERGY("GPU and energy of training: largest memory, median energy"),
  /** What was read of backbones that are not kept in memory. */
  STREAM("Backbones whose blocks were read from their file as they ran: median bytes and times"),
  /** What cells cost that shared a pass; {@link PassMetric} has the columns of their table. */
  SHARED(
      "Costs of shared passes: one run of the backbone for a batch, or one reading of its taps,"
          + " served several learners"),
  /** What cells took whose features came from a cloud; {@link EdgeTable} has their rows. */
  EDGE(
      "Edge cells: what went over the link for an image, and what the edge took; medians over tasks"
          + " and seeds, of memory, reconnects and bytes again the largest"),
  /** What no table has room for; CSV, JSON and the list of cells have it. */
  FILES("");

  private final String title;

  MetricGroup(String title) {
    this.title = title;
  }

  /** Makes a metric whose largest number stands for a method. */
  Metric largest(String name, String label, Unit unit, Reading reading) {
    return new Metric(name, label, unit, Summary.LARGEST, this, reading);
  }

  /** Makes a metric whose median stands for a method. */
  Metric median(String name, String label, Unit unit, Reading reading) {
    return new Metric(name, label, unit, Summary.MEDIAN, this, reading);
  }

  /** What stands above the table. */
  String title() {
    return title;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
