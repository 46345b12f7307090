package org.peftbench.cell;

/**
 * The frozen or adapted network of a cell.
 *
 * @param name size and patch, such as {@code vit-b16}
 * @param weights the weight file's name, a registry name, or {@code random}
 * @param weightsSha256 the file's SHA-256 in hex; empty for {@code random}
 * @param imageSize side of the square input, in pixels
 * @param pooling {@code cls} or {@code mean}
 */
public record BackboneChoice(
    String name, String weights, String weightsSha256, int imageSize, String pooling) {}
