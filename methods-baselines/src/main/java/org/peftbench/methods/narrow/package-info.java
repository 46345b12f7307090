/** What side networks that are narrow transformers share: their sizes and their last step. */
@NullMarked
package org.peftbench.methods.narrow;

import org.jspecify.annotations.NullMarked;
