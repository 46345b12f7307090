/**
 * Frozen backbones that are larger than the memory: their blocks come from the file as they run.
 */
@NullMarked
package org.peftbench.streaming;

import org.jspecify.annotations.NullMarked;
