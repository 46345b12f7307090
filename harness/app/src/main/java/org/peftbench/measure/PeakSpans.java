package org.peftbench.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.peftbench.result.Watched;

/**
 * Collects a child's memory over time: of all readings in a span, the largest. Spans double in
 * length when there are too many, so that hours take no more room than seconds; no peak is lost by
 * that, only its moment gets coarser.
 */
final class PeakSpans {

  private static final int MOST = 128;

  private final List<Long> peaks = new ArrayList<>();
  private double span;

  PeakSpans(double spanSeconds) {
    this.span = spanSeconds;
  }

  void add(double seconds, long bytes) {
    while (seconds >= MOST * span) {
      merge();
    }
    int index = (int) (seconds / span);
    while (peaks.size() < index) {
      peaks.add(peaks.isEmpty() ? bytes : peaks.get(peaks.size() - 1));
    }
    if (peaks.size() == index) {
      peaks.add(bytes);
    } else {
      peaks.set(index, Math.max(peaks.get(index), bytes));
    }
  }

  private void merge() {
    List<Long> merged = new ArrayList<>();
    for (int i = 0; i < peaks.size(); i += 2) {
      merged.add(Collections.max(peaks.subList(i, Math.min(i + 2, peaks.size()))));
    }
    peaks.clear();
    peaks.addAll(merged);
    span *= 2;
  }

  Watched.MemoryCurve curve() {
    return new Watched.MemoryCurve(span, peaks);
  }
}
