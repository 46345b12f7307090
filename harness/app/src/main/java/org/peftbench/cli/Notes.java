package org.peftbench.cli;

import java.util.Map;
import java.util.TreeMap;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.spi.PeftMethod;

/** What tables must say of methods whose papers leave something open. */
final class Notes {

  private Notes() {}

  static Map<String, String> of(MethodRegistry registry) {
    Map<String, String> notes = new TreeMap<>();
    for (PeftMethod<?> method : registry.methods()) {
      if (!method.reconstructions().isEmpty()) {
        notes.put(method.id(), "reconstruction: " + String.join("; ", method.reconstructions()));
      }
    }
    return notes;
  }
}
