/** Full fine-tuning. */
@NullMarked
package org.peftbench.methods.full;

import org.jspecify.annotations.NullMarked;
