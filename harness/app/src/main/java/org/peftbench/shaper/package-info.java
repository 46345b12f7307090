/** A relay between two programs that is as slow, as far away and as unreliable as a real link. */
@NullMarked
package org.peftbench.shaper;

import org.jspecify.annotations.NullMarked;
