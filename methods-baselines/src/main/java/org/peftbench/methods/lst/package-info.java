/** Ladder side-tuning, ported to vision transformers. */
@NullMarked
package org.peftbench.methods.lst;

import org.jspecify.annotations.NullMarked;
