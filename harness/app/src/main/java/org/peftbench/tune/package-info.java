/**
 * Studies on val200 that choose hyper-parameters: what is tried, who wins, and the file that keeps
 * the choice.
 */
@NullMarked
package org.peftbench.tune;

import org.jspecify.annotations.NullMarked;
