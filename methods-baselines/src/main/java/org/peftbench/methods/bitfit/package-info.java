/** BitFit: only the biases are trained. */
@NullMarked
package org.peftbench.methods.bitfit;

import org.jspecify.annotations.NullMarked;
