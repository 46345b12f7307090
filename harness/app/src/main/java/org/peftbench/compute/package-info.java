/**
 * What networks compute: floating-point operations by PyTorch's own log of operators, and how long
 * inference takes beside the plain backbone.
 */
@NullMarked
package org.peftbench.compute;

import org.jspecify.annotations.NullMarked;
