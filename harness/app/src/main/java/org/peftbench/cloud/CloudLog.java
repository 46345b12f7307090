package org.peftbench.cloud;

import java.time.Instant;

/** Told what a cloud does; by several threads at once. */
public interface CloudLog {

  /** A request has been answered, or broke off. */
  void answered(Answered request);

  /** Something happened besides; one line. */
  void said(String line);

  /**
   * A request and its answer.
   *
   * @param at when it began
   * @param owner who asked; {@code -} for a stranger
   * @param method such as {@code GET}
   * @param path without what was asked of it; only plain characters
   * @param status of the answer; 0 if the connection broke
   * @param bytesIn of its body
   * @param bytesOut of the answer's body
   * @param millis from the headers to the answer's last byte
   * @param note why it was refused; may be empty
   */
  record Answered(
      Instant at,
      String owner,
      String method,
      String path,
      int status,
      long bytesIn,
      long bytesOut,
      long millis,
      String note) {

    /** One line. */
    @Override
    public String toString() {
      return "%s %s %s %s %s in %d out %d %d ms%s"
          .formatted(
              at,
              owner,
              method,
              path,
              status == 0 ? "broken" : status,
              bytesIn,
              bytesOut,
              millis,
              note.isEmpty() ? "" : ": " + note);
    }
  }
}
