/**
 * Layers that methods share. Whatever a single method needs stays with it; the transformer's own
 * parts are in {@link org.peftbench.model}.
 */
@NullMarked
package org.peftbench.layers;

import org.jspecify.annotations.NullMarked;
