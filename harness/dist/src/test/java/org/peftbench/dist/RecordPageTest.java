package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.peftbench.result.CellRecord;

/** {@code docs/record.md} has every field of a record file, and no other. */
class RecordPageTest {

  private static final Pattern PATH = Pattern.compile("`([\\w.\\[\\]]+)`");
  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+)` \\| ([^|]+) \\|[^|]*\\| [^|]+ \\| \\d \\|");

  /** What a field holds by its path, in the words of the page. */
  private final Map<String, String> fields = new TreeMap<>();

  private final List<String> words = new ArrayList<>();

  @Test
  void pageHasEveryFieldAndNoOther() throws IOException {
    walk("", CellRecord.class);
    assertEquals(fields, documented());
    String page = Page.of("docs/record.md").text();
    words.forEach(word -> assertTrue(page.contains("`" + word + "`"), word));
  }

  private void walk(String path, Class<?> type) {
    List<RecordComponent> nested = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = path + component.getName();
      fields.put(name, kind(component.getGenericType()));
      if (isObject(content(component.getGenericType()))) {
        nested.add(component);
      }
      words(content(component.getGenericType()));
    }
    for (RecordComponent component : nested) {
      String list = component.getType() == List.class ? "[]." : ".";
      walk(path + component.getName() + list, content(component.getGenericType()));
    }
  }

  private static String kind(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      if (generic.getRawType() == Optional.class) {
        return kind(last) + " or null";
      }
      return (generic.getRawType() == List.class ? "list of " : "map of ") + kind(last);
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "integer";
    }
    if (type == double.class || type == Double.class) {
      return "number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    return isObject((Class<?>) type) ? "object" : "text";
  }

  /** What is in a list, or is optional. */
  private static Class<?> content(Type type) {
    return type instanceof ParameterizedType generic
        ? content(generic.getActualTypeArguments()[0])
        : (Class<?>) type;
  }

  private static boolean isObject(Class<?> type) {
    return type.isRecord()
        && Arrays.stream(type.getDeclaredMethods())
            .noneMatch(method -> method.isAnnotationPresent(JsonValue.class));
  }

  private void words(Class<?> type) {
    if (type.isEnum()) {
      Arrays.stream(type.getEnumConstants()).map(Object::toString).forEach(words::add);
    }
  }

  /** The rows of the page; a section's title names the objects that it speaks of. */
  private static Map<String, String> documented() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    List<String> paths = List.of("");
    for (String line : Page.of("docs/record.md").lines()) {
      if (line.startsWith("## ")) {
        List<String> named = PATH.matcher(line).results().map(path -> path.group(1) + ".").toList();
        paths = named.isEmpty() ? List.of("") : named;
      }
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        paths.forEach(path -> rows.put(path + row.group(1), row.group(2).strip()));
      }
    }
    return rows;
  }
}
