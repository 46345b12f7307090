/** Runs a plan: each cell in a child, its phases measured, its record kept. */
@NullMarked
package org.peftbench.run;

import org.jspecify.annotations.NullMarked;
