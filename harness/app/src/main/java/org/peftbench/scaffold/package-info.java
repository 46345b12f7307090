/** Writes the project that a method of one's own begins with. */
@NullMarked
package org.peftbench.scaffold;

import org.jspecify.annotations.NullMarked;
