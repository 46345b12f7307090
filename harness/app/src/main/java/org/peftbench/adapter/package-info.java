/** Trained values on their way between the engine and files. */
@NullMarked
package org.peftbench.adapter;

import org.jspecify.annotations.NullMarked;
