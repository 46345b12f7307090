/** Linear probing. */
@NullMarked
package org.peftbench.methods.linear;

import org.jspecify.annotations.NullMarked;
