/** Image files to 8-bit RGB pixels and square resizing, with Pillow's values. */
@NullMarked
package org.peftbench.image;

import org.jspecify.annotations.NullMarked;
