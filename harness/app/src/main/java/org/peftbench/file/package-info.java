/** Files as more than one package needs them: hashes, locks, whole writes and plain refusals. */
@NullMarked
package org.peftbench.file;

import org.jspecify.annotations.NullMarked;
