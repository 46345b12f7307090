/** Convpass: convolutional bypasses. */
@NullMarked
package org.peftbench.methods.convpass;

import org.jspecify.annotations.NullMarked;
