/** Image files to 8-bit RGB pixels, square resizing with Pillow's values, and normalisation. */
@NullMarked
package org.peftbench.image;

import org.jspecify.annotations.NullMarked;
