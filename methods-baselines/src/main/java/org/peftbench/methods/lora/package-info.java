/** LoRA: low-rank adaptation of the attention's projections. The example to copy from. */
@NullMarked
package org.peftbench.methods.lora;

import org.jspecify.annotations.NullMarked;
