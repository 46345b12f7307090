/** LoSA: low-rank mixers beside a frozen backbone. */
@NullMarked
package org.peftbench.methods.losa;

import org.jspecify.annotations.NullMarked;
