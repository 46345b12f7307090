package org.peftbench.cloud;

import org.peftbench.WrongInputException;

/** What a cloud makes of a request's JSON. */
public final class MalformedCall {

  private MalformedCall() {}

  /**
   * Reads it as a cloud does.
   *
   * @throws WrongInputException if the cloud refuses it, with its words
   */
  public static <T> T parse(byte[] json, Class<T> type) {
    try {
      return Call.parse(json, type);
    } catch (Refused e) {
      throw new WrongInputException(String.valueOf(e.getMessage()), e);
    }
  }
}
