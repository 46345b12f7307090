package org.peftbench.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;

/**
 * A method as typed: {@code lora} or {@code lora[rank=4,scale=2]}.
 *
 * @param id the method's id
 * @param options hyper-parameters by name, in the order typed
 */
public record TypedMethod(String id, Map<String, String> options) {

  // Commas separate methods only outside of brackets.
  private static final Pattern METHOD =
      Pattern.compile("\\s*([^,\\[\\]\\s]+)(?:\\[([^\\[\\]]*)])?\\s*");

  /**
   * Reads a list of methods.
   *
   * @throws WrongInputException if it is none
   */
  public static List<TypedMethod> parseList(String text) {
    List<TypedMethod> specs = new ArrayList<>();
    Matcher matcher = METHOD.matcher(text);
    int at = 0;
    while (true) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()) {
        throw malformed(text, at);
      }
      specs.add(new TypedMethod(matcher.group(1), options(matcher.group(1), matcher.group(2))));
      at = matcher.end();
      if (at == text.length()) {
        return specs;
      }
      if (text.charAt(at) != ',') {
        throw malformed(text, at);
      }
      at++;
    }
  }

  private static Map<String, String> options(String id, @Nullable String text) {
    Map<String, String> options = new LinkedHashMap<>();
    if (text == null || text.isBlank()) {
      return options;
    }
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new WrongInputException(
            id + ": '" + pair.strip() + "' is not of the form name=value");
      }
      String name = pair.substring(0, equals).strip();
      if (options.put(name, pair.substring(equals + 1).strip()) != null) {
        throw new WrongInputException(id + ": option '" + name + "' is given twice");
      }
    }
    return options;
  }

  private static WrongInputException malformed(String text, int at) {
    return new WrongInputException(
        "'%s' is not a list of methods (stuck at '%s'); write, for example, last,lora[rank=8]"
            .formatted(text, text.substring(Math.min(at, text.length()))));
  }
}
