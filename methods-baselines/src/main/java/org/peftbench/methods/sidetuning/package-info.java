/** Side-tuning: a small network beside the frozen backbone, blended with it at the very end. */
@NullMarked
package org.peftbench.methods.sidetuning;

import org.jspecify.annotations.NullMarked;
