/** Pretraining of backbones: the images, the loop with its checkpoints, and the model card. */
@NullMarked
package org.peftbench.pretrain;

import org.jspecify.annotations.NullMarked;
