/** The child process: does what its one order says, and tells the parent as JSON lines. */
@NullMarked
package org.peftbench.worker;

import org.jspecify.annotations.NullMarked;
