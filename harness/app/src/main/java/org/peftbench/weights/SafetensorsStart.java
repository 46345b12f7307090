package org.peftbench.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.peftbench.Printable;
import org.peftbench.WrongInputException;

/**
 * What a safetensors file begins with, checked.
 *
 * @param dataStart where the tensors' bytes begin
 * @param header what they are
 */
record SafetensorsStart(long dataStart, SafetensorsHeader header) {

  private static final int LENGTH_BYTES = 8;

  /** A tensor takes about 100 bytes; a longer one is to fill the memory. */
  private static final long MAX_HEADER_BYTES = 16 << 20;

  private static final int MOST_WORDS = 400;

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
    long longest = fileBytes - LENGTH_BYTES;
    if (length < 2 || length > longest) {
      throw new WrongInputException(
          name
              + ": "
              + NotWeights.kind(head(lengthBytes, in))
                  .orElse(
                      "header length %s is not between 2 and %s; not a safetensors file, or cut short"
                          .formatted(Long.toUnsignedString(length), longest)));
    }
    if (length > MAX_HEADER_BYTES) {
      throw new WrongInputException(
          "%s: a safetensors header of %d bytes, names and metadata together; at most %d are read"
              .formatted(name, length, MAX_HEADER_BYTES));
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
          name
              + ": safetensors header: "
              + Printable.line(String.valueOf(e.getMessage()), MOST_WORDS),
          e);
    } catch (CharacterCodingException e) {
      throw new WrongInputException(name + ": safetensors header: not UTF-8", e);
    }
  }

  private static byte[] head(byte[] first, InputStream in) throws IOException {
    byte[] head = Arrays.copyOf(first, NotWeights.HEAD_BYTES);
    int more = in.readNBytes(head, first.length, head.length - first.length);
    return Arrays.copyOf(head, first.length + more);
  }

  // A strict decoder: a lenient one could make two different names equal.
  private static String decode(byte[] json) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
  }
}
