package org.peftbench.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.result.Json;
import org.peftbench.result.Records;
import org.peftbench.weights.FloatTensor;
import org.peftbench.weights.SafetensorsWriter;

class AdapterFileTest {

  @TempDir Path folder;

  private Path written(String classes, Map<String, FloatTensor> tensors) throws IOException {
    String cell =
        Json.MAPPER.writeValueAsString(
            Records.cell(Records.method("linear"), "svhn", 0, Records.PROTOCOL));
    Path file = folder.resolve("adapter.safetensors");
    SafetensorsWriter.write(file, tensors, Map.of("cell", cell, "classes", classes));
    return file;
  }

  private static Map<String, FloatTensor> head() {
    return Map.of("head.bias", new FloatTensor(List.of(10L), new float[10]));
  }

  @Test
  void classesAreThoseOfTheHead() throws IOException {
    try (AdapterFile adapter = AdapterFile.open(written("10", head()))) {
      assertEquals(10, adapter.classes());
    }
  }

  @Test
  void classesThatTheHeadDoesNotHaveAreRefused() throws IOException {
    assertRefused(
        () -> AdapterFile.open(written("2000000000", head())).close(),
        "its metadata say 2000000000 classes, and its 'head.bias' has the shape [10]");
    assertRefused(
        () -> AdapterFile.open(written("10", Map.of())).close(), "'head.bias' is missing");
    assertRefused(
        () -> AdapterFile.open(written("many", head())).close(),
        "its metadata are not those of an adapter");
  }
}
