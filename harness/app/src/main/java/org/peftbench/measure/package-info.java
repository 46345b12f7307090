/** Reads memory, time and host facts from outside the process that is measured. */
@NullMarked
package org.peftbench.measure;

import org.jspecify.annotations.NullMarked;
