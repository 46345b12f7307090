/** Weight files, read without an engine and without trust: tensors, layouts, known addresses. */
@NullMarked
package org.peftbench.weights;

import org.jspecify.annotations.NullMarked;
