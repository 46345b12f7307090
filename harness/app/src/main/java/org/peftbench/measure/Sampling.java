package org.peftbench.measure;

/**
 * How a child was watched between the edges of its phases.
 *
 * @param intervalSeconds from one reading to the next, as planned
 * @param readings number of them
 * @param largestGapSeconds between two readings, as it was
 * @param cpuSeconds processor time that the readings took
 */
public record Sampling(
    double intervalSeconds, long readings, double largestGapSeconds, double cpuSeconds) {}
