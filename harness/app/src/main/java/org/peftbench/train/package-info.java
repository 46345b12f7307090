/** Trains one method on one task: the loop, the optimiser, the schedule and the cached features. */
@NullMarked
package org.peftbench.train;

import org.jspecify.annotations.NullMarked;
