/** VPT: trained prompts among the tokens. */
@NullMarked
package org.peftbench.methods.vpt;

import org.jspecify.annotations.NullMarked;
