package org.peftbench.cell;

import java.util.Optional;

/**
 * How fast a method learns, and who says so.
 *
 * @param lr peak learning rate of AdamW
 * @param own whether it is the method's own: methods of one table may then differ in it
 * @param given whether it was asked for, by a user or by a study that tries it
 * @param weightDecay decoupled weight decay; the method's own where the rate is
 * @param study that chose both; empty if none did
 */
public record Rate(
    double lr, boolean own, boolean given, double weightDecay, Optional<Study> study) {}
