package org.peftbench.methods.bitfit;

/** BitFit has nothing to choose. */
public record BitFitConfig() {}
