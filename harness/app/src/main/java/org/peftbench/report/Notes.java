package org.peftbench.report;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.peftbench.plugin.MethodDescription;

/** Notes under the tables on methods whose papers leave something open. */
public final class Notes {

  private Notes() {}

  /** A short note for each such method, by its id, which says where all of it is told. */
  public static Map<String, String> of(Collection<MethodDescription> methods) {
    Map<String, String> notes = new TreeMap<>();
    for (MethodDescription method : methods) {
      if (!method.reconstructions().isEmpty()) {
        notes.put(
            method.id(),
            "parts of it are reconstructed from what its paper leaves open; " + pointer(method));
      }
    }
    return notes;
  }

  private static String pointer(MethodDescription method) {
    String describe = "bench describe " + method.id();
    return method.isPlugin()
        ? describe + " tells which"
        : describe + " and docs/methods.md#" + method.id() + " tell which";
  }
}
