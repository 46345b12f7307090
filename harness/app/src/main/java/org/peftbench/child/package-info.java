/** The parent's side of a child process: start, talk, end. */
@NullMarked
package org.peftbench.child;

import org.jspecify.annotations.NullMarked;
