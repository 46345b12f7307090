package org.peftbench.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Set;

/** TIFF's first image: gray, colour or a palette, plain or packed without loss. */
final class Tiff implements FileFormat {

  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int PALETTE = 3;
  private static final int COLOUR_MAP = 320;
  private static final int SAMPLE_FORMAT = 339;

  // Uncompressed, LZW, deflate by its two numbers, PackBits.
  private static final Set<Integer> COMPRESSIONS = Set.of(1, 5, 8, 32_946, 32_773);

  // Black is zero, colour, palette.
  private static final Set<Integer> COLOURS = Set.of(1, 2, PALETTE);

  @Override
  public boolean begins(byte[] head) {
    return TiffTags.begins(head);
  }

  @Override
  public ImageProbe probe(ByteSource file) throws IOException {
    TiffTags tags = TiffTags.of(file);
    requireOneOf(COMPRESSIONS, "compression", tags.value(COMPRESSION, 1));
    requireOneOf(COLOURS, "photometric interpretation", tags.value(PHOTOMETRIC, 1));
    requireOneOf(Set.of(1), "sample format", tags.value(SAMPLE_FORMAT, 1));
    return tags.size();
  }

  private static void requireOneOf(Set<Integer> read, String what, int found) throws IOException {
    if (!read.contains(found)) {
      throw new IOException(what + " " + found + " is not read");
    }
  }

  @Override
  public int mostPixelsPerByte() {
    return 8 * 1032; // as PNG
  }

  @Override
  public boolean endsWell(ByteSource file) {
    return false; // its parts may lie anywhere
  }

  @Override
  public RgbImage decode(byte[] file) throws IOException {
    BufferedImage image = ImageReaders.first(file, "TIFF");
    TiffTags tags = TiffTags.of(ByteSource.of(file));
    if (tags.value(PHOTOMETRIC, 1) == PALETTE) {
      int[] map = tags.shorts(COLOUR_MAP, 3 * 256);
      return Rasters.toRgb(image.getRaster(), Rasters.paletteColors(highBytes(map)));
    }
    return Rasters.toRgb(image, true);
  }

  /** The upper half of each colour's levels, as Pillow takes them: all red, all green, all blue. */
  private static int[] highBytes(int[] map) {
    int[] colors = new int[256];
    int count = map.length / 3;
    for (int i = 0; i < count; i++) {
      colors[i] = ((map[i] >> 8) << 16) | ((map[count + i] >> 8) << 8) | (map[2 * count + i] >> 8);
    }
    return colors;
  }
}
