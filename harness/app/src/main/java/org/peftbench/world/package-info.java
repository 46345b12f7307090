/**
 * The procedural world that backbones are pretrained on: made-up species, none of them a class of a
 * task.
 */
@NullMarked
package org.peftbench.world;

import org.jspecify.annotations.NullMarked;
