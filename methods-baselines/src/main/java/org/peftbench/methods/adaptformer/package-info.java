/** AdaptFormer: a bottleneck beside the MLP. */
@NullMarked
package org.peftbench.methods.adaptformer;

import org.jspecify.annotations.NullMarked;
