package org.peftbench.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.peftbench.cell.Cell;
import org.peftbench.file.Sha256;

/** Names a cell by its content, readably. */
final class Identity {

  // Room for all four parts within the 255 bytes that file systems allow a name.
  private static final int LONGEST_PART = 80;
  private static final int HASH_DIGITS = 12;

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
      return Sha256.of(Json.CANONICAL.writeValueAsBytes(cell)).substring(0, HASH_DIGITS);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a cell has no JSON: " + Json.explain(e), e);
    }
  }
}
