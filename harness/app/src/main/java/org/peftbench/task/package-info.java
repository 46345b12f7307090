/** The VTAB-1K tasks, the folders that hold them, and their images as pixels. */
@NullMarked
package org.peftbench.task;

import org.jspecify.annotations.NullMarked;
