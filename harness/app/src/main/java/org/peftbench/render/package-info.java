/**
 * Drawing small images from dice: shapes, colours, noise, light. Everything follows from the dice
 * in arithmetic that Java defines to the last bit.
 */
@NullMarked
package org.peftbench.render;

import org.jspecify.annotations.NullMarked;
