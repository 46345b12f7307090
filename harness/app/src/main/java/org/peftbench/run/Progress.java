package org.peftbench.run;

/**
 * How far something is.
 *
 * @param phase that it is in
 * @param done steps or images done
 * @param total steps or images in all; 0 where it is not known
 * @param text what a person wants to know besides
 */
public record Progress(String phase, long done, long total, String text) {}
