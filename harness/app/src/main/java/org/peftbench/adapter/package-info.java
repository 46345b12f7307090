/** Files that hold what cells trained. */
@NullMarked
package org.peftbench.adapter;

import org.jspecify.annotations.NullMarked;
