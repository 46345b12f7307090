/** Trains one learner on one task: the loop, the schedule, the batches and the cached features. */
@NullMarked
package org.peftbench.train;

import org.jspecify.annotations.NullMarked;
