/**
 * The parent process: resolves names into a plan, runs each cell in a child and keeps its record.
 */
@NullMarked
package org.peftbench.run;

import org.jspecify.annotations.NullMarked;
