package org.peftbench.methods.linear;

/** Linear probing has nothing to choose. */
public record LinearConfig() {}
