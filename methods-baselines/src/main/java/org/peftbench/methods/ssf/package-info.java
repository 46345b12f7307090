/** SSF: every layer's output scaled and shifted. */
@NullMarked
package org.peftbench.methods.ssf;

import org.jspecify.annotations.NullMarked;
