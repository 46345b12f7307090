package org.peftbench.compute;

import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.peftbench.result.Json;

/** Has PyTorch's profiler log every operator that some work calls, in whatever code it is. */
final class OperatorLog {

  private OperatorLog() {}

  /** Does the work, and lists the operators that this thread called for it, in order of time. */
  static List<Operator> of(Runnable work) {
    try {
      Path file = Files.createTempFile("operators", ".json");
      try {
        JniUtils.startProfile(false, true, false);
        try {
          work.run();
        } finally {
          JniUtils.stopProfile(file.toString());
        }
        return parse(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PyTorch's log of operators cannot be read", e);
    }
  }

  private static List<Operator> parse(Path file) throws IOException {
    List<Operator> operators = new ArrayList<>();
    for (JsonNode event : Json.MAPPER.readTree(file.toFile())) {
      double begin = event.path("ts").asDouble();
      List<List<Long>> shapes = new ArrayList<>();
      for (JsonNode shape : event.path("shape")) {
        List<Long> sizes = new ArrayList<>();
        shape.forEach(size -> sizes.add(size.asLong()));
        shapes.add(sizes);
      }
      double end = begin + event.path("dur").asDouble();
      operators.add(new Operator(event.path("name").asText(), begin, end, shapes));
    }
    operators.sort(Comparator.comparingDouble(Operator::begin));
    return operators;
  }
}
