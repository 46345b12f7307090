/** The edge's side of {@link org.peftbench.wire}: asks a cloud, and keeps what arrives. */
@NullMarked
package org.peftbench.edge;

import org.jspecify.annotations.NullMarked;
