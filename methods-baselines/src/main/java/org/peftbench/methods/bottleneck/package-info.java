/** The pieces of bottlenecks: two projections and the activation between them. */
@NullMarked
package org.peftbench.methods.bottleneck;

import org.jspecify.annotations.NullMarked;
