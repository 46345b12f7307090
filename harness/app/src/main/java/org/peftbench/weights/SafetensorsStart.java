package org.peftbench.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.peftbench.WrongInputException;

/**
 * What a safetensors file begins with, checked.
 *
 * @param dataStart where the tensors' bytes begin
 * @param header what they are
 */
record SafetensorsStart(long dataStart, SafetensorsHeader header) {

  private static final int LENGTH_BYTES = 8;
  private static final long MAX_HEADER_BYTES = 100_000_000;

  /**
   * Reads it.
   *
   * @param name of the file, for messages
   * @param in the file, from its first byte on
   * @param fileBytes how many it has
   * @throws WrongInputException if it is wrong
   */
  static SafetensorsStart read(String name, InputStream in, long fileBytes) throws IOException {
    byte[] lengthBytes = in.readNBytes(LENGTH_BYTES);
    if (lengthBytes.length < LENGTH_BYTES) {
      throw new WrongInputException(
          name + ": has " + fileBytes + " bytes, too few for a safetensors file");
    }
    long length = ByteBuffer.wrap(lengthBytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long longest = Math.min(MAX_HEADER_BYTES, fileBytes - LENGTH_BYTES);
    if (length < 2 || length > longest) {
      throw new WrongInputException(
          "%s: header length %s is not between 2 and %s; not a safetensors file, or cut short"
              .formatted(name, Long.toUnsignedString(length), longest));
    }
    byte[] json = in.readNBytes((int) length);
    if (json.length < length || json[0] != '{') {
      throw new WrongInputException(
          name + ": header does not begin with '{'; not a safetensors file");
    }
    long dataStart = LENGTH_BYTES + length;
    try {
      return new SafetensorsStart(
          dataStart, SafetensorsHeader.parse(decode(json), fileBytes - dataStart));
    } catch (SafetensorsHeader.Malformed e) {
      throw new WrongInputException(
          name + ": safetensors header: " + Printable.of(String.valueOf(e.getMessage())), e);
    } catch (CharacterCodingException e) {
      throw new WrongInputException(name + ": safetensors header: not UTF-8", e);
    }
  }

  // A strict decoder: a lenient one could make two different names equal.
  private static String decode(byte[] json) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
  }
}
