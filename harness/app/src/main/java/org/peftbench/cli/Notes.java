package org.peftbench.cli;

import java.util.Map;
import java.util.TreeMap;
import org.peftbench.plan.Methods;
import org.peftbench.plugin.MethodDescription;

/** What tables must say of methods whose papers leave something open. */
final class Notes {

  private Notes() {}

  static Map<String, String> of(Methods methods) {
    Map<String, String> notes = new TreeMap<>();
    for (MethodDescription method : methods.descriptions()) {
      if (!method.reconstructions().isEmpty()) {
        notes.put(method.id(), "reconstruction: " + String.join("; ", method.reconstructions()));
      }
    }
    return notes;
  }
}
