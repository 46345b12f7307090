/** DoRA: low-rank adaptation of a weight's direction, beside its magnitude. */
@NullMarked
package org.peftbench.methods.dora;

import org.jspecify.annotations.NullMarked;
