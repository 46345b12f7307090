/** The command line: the only place that prints or exits. */
@NullMarked
package org.peftbench.cli;

import org.jspecify.annotations.NullMarked;
