/** FacT: the updates of all layers as one tensor in factors. */
@NullMarked
package org.peftbench.methods.fact;

import org.jspecify.annotations.NullMarked;
