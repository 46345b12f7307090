package org.peftbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peftbench.plugin.MethodDescription;

class NotesTest {

  private static MethodDescription method(String id, List<String> reconstructions, String jar) {
    return new MethodDescription(
        id, id, true, "y = x", "", reconstructions, List.of(), List.of(), "", jar);
  }

  @Test
  void aReconstructionIsOneLineThatSaysWhereAllIsTold() {
    assertEquals(
        Map.of(
            "last",
            "parts of it are reconstructed from what its paper leaves open; bench describe last"
                + " and docs/methods.md#last tell which",
            "theirs",
            "parts of it are reconstructed from what its paper leaves open; bench describe theirs"
                + " tells which"),
        Notes.of(
            List.of(
                method("last", List.of("the gap", "the rank"), ""),
                method("theirs", List.of("all of it"), "theirs.jar"),
                method("lora", List.of(), ""))));
  }
}
