package org.peftbench.report;

import java.util.Optional;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Features;
import org.peftbench.cell.Phase;
import org.peftbench.model.Precision;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Outcome;

/**
 * Where the memory of training a cell went, in bytes: that of the GPU, if it trained on one, else
 * that of the process. All but floor and peak is worked out from the numbers of values in float32,
 * and in bfloat16 of the frozen weights that are held in it; the rest is what is left: activations,
 * what allocators keep, and in a process the images and the Java heap.
 *
 * @param floor program and engine, or CUDA's context and libraries, before any weight is loaded
 * @param weights of backbone, method and head; of cached features the backbone's are freed
 * @param gradients of all that is trained
 * @param optimizer AdamW's two moments of all that is trained
 * @param taps of a batch that a side network reads
 * @param rest of the peak
 * @param peak of the train phase
 */
record Ledger(
    long floor, long weights, long gradients, long optimizer, long taps, long rest, long peak) {

  private static final int MOMENTS = 2;

  /** Works out the ledger of a cell; empty if floor or peak were not measured, or it failed. */
  static Optional<Ledger> of(CellRecord record) {
    Optional<Long> floor = Reading.peakBytes(Phase.ENGINE).of(record).map(Number::longValue);
    Optional<Long> peak = Reading.peakBytes(Phase.TRAIN).of(record).map(Number::longValue);
    if (floor.isEmpty() || peak.isEmpty() || record.outcome().isEmpty()) {
      return Optional.empty();
    }
    Outcome outcome = record.outcome().get();
    long trained = outcome.adapterBytes();
    boolean live = record.cell().protocol().features() == Features.LIVE;
    long weights = live ? weights(record.cell(), outcome) : trained;
    long taps = outcome.transferBytesPerImage() * record.cell().protocol().batchSize();
    long known = floor.get() + weights + (1 + MOMENTS) * trained + taps;
    return Optional.of(
        new Ledger(
            floor.get(),
            weights,
            trained,
            MOMENTS * trained,
            taps,
            peak.get() - known,
            peak.get()));
  }

  /** Of a streamed backbone, the blocks that are in memory at once. */
  private static long weights(Cell cell, Outcome outcome) {
    Precision precision = cell.protocol().precision();
    long frozen =
        outcome.totalParameters() - outcome.trainableParameters() - outcome.headParameters();
    long all =
        precision.bytes(outcome.totalParameters(), Math.min(frozen, cell.config().productValues()));
    if (cell.protocol().backboneMemory() == BackboneMemory.RESIDENT) {
      return all;
    }
    return all
        - BackboneMemory.RESIDENT.blockBytes(cell.config(), precision, cell.device())
        + BackboneMemory.STREAMED.blockBytes(cell.config(), precision, cell.device());
  }
}
