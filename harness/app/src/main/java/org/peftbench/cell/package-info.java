/** What one cell of a benchmark is: method, task, seed, backbone and protocol, as plain data. */
@NullMarked
package org.peftbench.cell;

import org.jspecify.annotations.NullMarked;
