/** Adapter+: adapters after each block, with channel-wise scaling. */
@NullMarked
package org.peftbench.methods.adapterplus;

import org.jspecify.annotations.NullMarked;
