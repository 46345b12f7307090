/** What every package may throw, and how foreign text is shown. */
@NullMarked
package org.peftbench;

import org.jspecify.annotations.NullMarked;
