/** What a fine-tuning method is written against: start at {@link org.peftbench.spi.PeftMethod}. */
@NullMarked
package org.peftbench.spi;

import org.jspecify.annotations.NullMarked;
