package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.SortedMap;

/**
 * Where a frozen backbone stands between two blocks, with all that the rest of its run follows
 * from: it may be kept, and gone on with later.
 *
 * @param depth i, the number of blocks that have run
 * @param carried z_i, then the sums that later maps are added to: (B, N, D) each
 * @param reached the taps that are taken here, by their places among those that were asked for
 */
public record TapStage(int depth, NDList carried, SortedMap<Integer, NDArray> reached) {}
