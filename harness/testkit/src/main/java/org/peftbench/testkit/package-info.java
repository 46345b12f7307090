/**
 * The contract that every method must pass: start at {@link
 * org.peftbench.testkit.PeftMethodContract}.
 */
@NullMarked
package org.peftbench.testkit;

import org.jspecify.annotations.NullMarked;
