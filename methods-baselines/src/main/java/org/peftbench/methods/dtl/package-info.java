/** DTL and DTL+: disentangled transfer learning with a compact side network. */
@NullMarked
package org.peftbench.methods.dtl;

import org.jspecify.annotations.NullMarked;
