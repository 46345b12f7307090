/** Adapters, one after the other with what they adapt, in two layouts. */
@NullMarked
package org.peftbench.methods.adapter;

import org.jspecify.annotations.NullMarked;
