/** Who may speak with whom over a network: certificates and keys in PEM files, and tokens. */
@NullMarked
package org.peftbench.tls;

import org.jspecify.annotations.NullMarked;
