package org.peftbench.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the one kind of Python literal a .npy header holds: a flat dict from strings to strings,
 * booleans and tuples of integers.
 */
final class PythonDict {

  /** A tuple of non-negative integers. */
  record Tuple(List<Long> values) {}

  private static final int LONGEST_NUMBER = 18;

  private final String text;
  private int at;

  PythonDict(String text) {
    this.text = text;
  }

  Map<String, Object> parse() throws NpyHeader.Malformed {
    Map<String, Object> fields = new LinkedHashMap<>();
    expect('{');
    while (!accept('}')) {
      String key = string();
      expect(':');
      if (fields.put(key, value()) != null) {
        throw wrong("key '" + key + "' stands twice");
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skipSpace();
    if (at < text.length()) {
      throw wrong("something follows the dict");
    }
    return fields;
  }

  private Object value() throws NpyHeader.Malformed {
    skipSpace();
    if (text.startsWith("True", at)) {
      at += 4;
      return true;
    }
    if (text.startsWith("False", at)) {
      at += 5;
      return false;
    }
    if (at < text.length() && text.charAt(at) == '[') {
      throw wrong("structured types are not supported");
    }
    return accept('(') ? tuple() : string();
  }

  private Tuple tuple() throws NpyHeader.Malformed {
    List<Long> values = new ArrayList<>();
    while (!accept(')')) {
      values.add(number());
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return new Tuple(values);
  }

  private long number() throws NpyHeader.Malformed {
    skipSpace();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start || at - start > LONGEST_NUMBER) {
      throw wrong("expected a size");
    }
    long value = Long.parseLong(text.substring(start, at));
    // Python 2 wrote long integers so.
    accept('L');
    return value;
  }

  private String string() throws NpyHeader.Malformed {
    skipSpace();
    char quote = at < text.length() ? text.charAt(at) : ' ';
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    if (end < 0) {
      throw wrong("expected a string");
    }
    String content = text.substring(at + 1, end);
    at = end + 1;
    return content;
  }

  private boolean accept(char wanted) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) throws NpyHeader.Malformed {
    if (!accept(wanted)) {
      throw wrong("expected '" + wanted + "'");
    }
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
      at++;
    }
  }

  private NpyHeader.Malformed wrong(String what) {
    return new NpyHeader.Malformed("has a malformed header: " + what + " at character " + at);
  }
}
