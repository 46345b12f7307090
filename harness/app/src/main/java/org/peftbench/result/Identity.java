package org.peftbench.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.peftbench.cell.Cell;

/** Names a cell by its content, readably. */
final class Identity {

  // Room for all four parts within the 255 bytes that file systems allow a name.
  private static final int LONGEST_PART = 80;
  private static final int HASH_BYTES = 6;

  private Identity() {}

  static String of(Cell cell) {
    return String.join(
        "__", safe(cell.method().label()), safe(cell.task()), "seed" + cell.seed(), hash(cell));
  }

  private static String safe(String foreign) {
    String plain = foreign.replaceAll("[^A-Za-z0-9._=]+", "-").replaceAll("^[-.]+|-+$", "");
    return plain.substring(0, Math.min(plain.length(), LONGEST_PART));
  }

  private static String hash(Cell cell) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Json.CANONICAL.writeValueAsBytes(cell));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException wrong) {
      throw new IllegalStateException("every Java has SHA-256", wrong);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException("a cell has no JSON: " + Json.explain(wrong), wrong);
    }
  }
}
