/** LAST: low-rank attention side-tuning. */
@NullMarked
package org.peftbench.methods.last;

import org.jspecify.annotations.NullMarked;
