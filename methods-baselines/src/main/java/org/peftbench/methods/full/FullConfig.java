package org.peftbench.methods.full;

/** Full fine-tuning has nothing to choose. */
public record FullConfig() {}
