package org.peftbench.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * JPEG by libjpeg-turbo: the JDKs bring different libraries, which differ in how they enlarge
 * chroma. Four inks, which that library's wrapper turns into colours in a way of its own, come from
 * the JDK's where there is nothing to enlarge.
 */
final class Jpeg implements FileFormat {

  private static final String START = "\u00ff\u00d8\u00ff";

  // Inside compressed data 0xFF is always followed by 0 or a restart marker.
  private static final String END = "\u00ff\u00d9";

  @Override
  public boolean begins(byte[] head) {
    return latin1(head).startsWith(START);
  }

  @Override
  public ImageProbe probe(ByteSource file) throws IOException {
    return JpegHeader.of(file).probe();
  }

  @Override
  public int mostPixelsPerByte() {
    return 512; // a bit for each block of 8 x 8 in a first scan
  }

  @Override
  public boolean endsWell(ByteSource file) throws IOException {
    return file.endsWith(END);
  }

  @Override
  public RgbImage decode(byte[] file) throws IOException {
    JpegHeader header = JpegHeader.of(ByteSource.of(file));
    if (header.hasFourInks()) {
      header.requireNothingToEnlarge();
      return JdkJpeg.decode(file, header.inks());
    }
    // Without its end marker the library warns whether or not pixels are missing, so it gets one.
    byte[] ended = header.isProgressive() || endsWell(ByteSource.of(file)) ? file : withEnd(file);
    Codecs.Decoded decoded = Codecs.jpeg(ended);
    if (decoded.warnings() > 0 || decoded.image().isEmpty()) {
      JdkJpeg.requireWhole(ended); // which says what is wrong
    }
    return decoded.image().orElseThrow(() -> new IOException("it cannot be decoded"));
  }

  @Override
  public void verify(byte[] file) throws IOException {
    JpegHeader header = JpegHeader.of(ByteSource.of(file));
    JdkJpeg.requireWhole(header.isProgressive() ? file : withEnd(file));
  }

  @Override
  public Optional<String> library() {
    return Optional.of(Codecs.JPEG_LIBRARY);
  }

  private static byte[] withEnd(byte[] file) {
    byte[] ended = Arrays.copyOf(file, file.length + END.length());
    ended[file.length] = (byte) END.charAt(0);
    ended[file.length + 1] = (byte) END.charAt(1);
    return ended;
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
