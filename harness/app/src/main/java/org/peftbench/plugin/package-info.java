/** Finds methods with ServiceLoader and binds what users type to their hyper-parameters. */
@NullMarked
package org.peftbench.plugin;

import org.jspecify.annotations.NullMarked;
