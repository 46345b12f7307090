package org.peftbench.methods.ssf;

/** SSF has nothing to choose. */
public record SsfConfig() {}
