/** The child process: runs one cell and tells the parent what it does, as JSON lines. */
@NullMarked
package org.peftbench.worker;

import org.jspecify.annotations.NullMarked;
