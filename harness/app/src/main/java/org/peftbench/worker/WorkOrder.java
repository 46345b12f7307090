package org.peftbench.worker;

import java.util.Optional;
import org.peftbench.plan.Cell;

/**
 * A cell to run, and where on this machine things are.
 *
 * @param cell what to measure
 * @param data directory of the tasks
 * @param classes K
 * @param weights the weight file; empty for random weights
 * @param featureFolder where cached features are kept
 */
public record WorkOrder(
    Cell cell, String data, int classes, Optional<String> weights, String featureFolder) {}
