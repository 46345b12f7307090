package org.peftbench.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.peftbench.file.Sha256;
import org.peftbench.result.Json;

/** The hash of a record's JSON. */
final class Hashes {

  private Hashes() {}

  static String of(Object value) {
    try {
      return Sha256.of(Json.MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("it has no JSON: " + Json.explain(e), e);
    }
  }
}
