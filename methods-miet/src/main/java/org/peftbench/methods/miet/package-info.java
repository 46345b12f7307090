/** MIET: minimal interaction edge tuning. */
@NullMarked
package org.peftbench.methods.miet;

import org.jspecify.annotations.NullMarked;
