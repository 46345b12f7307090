/** Turns what a user asks for into cells to run; all that can be wrong is found here. */
@NullMarked
package org.peftbench.plan;

import org.jspecify.annotations.NullMarked;
