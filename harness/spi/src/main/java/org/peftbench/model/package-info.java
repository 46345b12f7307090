/**
 * The vision transformer that methods read or adapt, in parts that carry timm's names.
 *
 * <p>Letters used for shapes: {@code B} images in a batch, {@code N} tokens (CLS first), {@code D}
 * width, {@code H} heads, {@code R} rank, {@code K} classes.
 */
@NullMarked
package org.peftbench.model;

import org.jspecify.annotations.NullMarked;
