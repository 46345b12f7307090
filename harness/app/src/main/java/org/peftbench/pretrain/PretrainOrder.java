package org.peftbench.pretrain;

import org.peftbench.cell.Device;

/**
 * A backbone to pretrain, and where on this machine things are.
 *
 * @param recipe what it follows from
 * @param out folder of checkpoint, weights and model card
 * @param checkpointSeconds between two checkpoints
 * @param float16 whether the weights are written at half the size
 * @param device where to compute
 */
public record PretrainOrder(
    Recipe recipe, String out, int checkpointSeconds, boolean float16, Device device) {}
