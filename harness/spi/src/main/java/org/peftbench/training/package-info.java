/**
 * What becomes of a method in training: attached to a backbone, with a head, a step and an
 * optimiser. A benchmark's cells and the contract that methods are tested with share it; methods do
 * not see it.
 */
@NullMarked
package org.peftbench.training;

import org.jspecify.annotations.NullMarked;
