package org.peftbench.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.peftbench.file.WholeFile;

/**
 * The note beside a downloaded file, or beside the part of one.
 *
 * @param address where it came from, or {@code placed by hand}
 * @param bytes its size; of a part, the size of the whole
 * @param sha256 its hash in hex; empty for a part
 * @param etag what the server called this version; may be empty
 * @param date ISO-8601 instant
 */
record DownloadRecord(String address, long bytes, String sha256, String etag, String date) {

  static final String BY_HAND = "placed by hand";

  private static final int MOST_BYTES = 1 << 16;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /** Reads a note; empty if there is none that can be read, for it can be made anew. */
  static Optional<DownloadRecord> read(Path note) throws IOException {
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    Optional<byte[]> text = WholeFile.read(note, MOST_BYTES);
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(JSON.readValue(text.get(), DownloadRecord.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  void write(Path note) throws IOException {
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    WholeFile.write(note, out -> out.write(json));
  }
}
