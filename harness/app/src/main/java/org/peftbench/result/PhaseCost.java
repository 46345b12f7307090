package org.peftbench.result;

import java.util.Optional;

/**
 * What one phase of a cell took.
 *
 * @param phase load, extract, warm-up, train, validate, test or save
 * @param seconds wall time between the phase's edges
 * @param peakResidentBytes the child's peak resident set within the phase; empty if unavailable
 */
public record PhaseCost(String phase, double seconds, Optional<Long> peakResidentBytes) {}
