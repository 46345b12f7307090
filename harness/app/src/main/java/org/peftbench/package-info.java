/** What every package may throw. */
@NullMarked
package org.peftbench;

import org.jspecify.annotations.NullMarked;
