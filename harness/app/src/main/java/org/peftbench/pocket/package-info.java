/** The suite {@code pocket}: six small tasks that are rendered, not downloaded. */
@NullMarked
package org.peftbench.pocket;

import org.jspecify.annotations.NullMarked;
