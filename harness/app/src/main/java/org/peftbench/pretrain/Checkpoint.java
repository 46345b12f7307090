package org.peftbench.pretrain;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.peftbench.WrongInputException;
import org.peftbench.adapter.ParameterValues;
import org.peftbench.model.Part;
import org.peftbench.result.Json;
import org.peftbench.training.AdamW;
import org.peftbench.weights.FloatTensor;
import org.peftbench.weights.SafetensorsFile;
import org.peftbench.weights.SafetensorsWriter;

/** All that training needs to go on, in one file that is whole or not there. */
final class Checkpoint {

  /**
   * How far training is.
   *
   * @param recipe of the training
   * @param steps done
   * @param seconds they took
   */
  record Progress(Recipe recipe, long steps, double seconds) {}

  private static final String PROGRESS = "progress";
  private static final String VALUE = "value.";
  private static final String MEAN = "mean.";
  private static final String VARIANCE = "variance.";

  private final Path file;

  Checkpoint(Path folder) {
    this.file = folder.resolve("checkpoint.safetensors");
  }

  boolean exists() {
    return Files.isRegularFile(file);
  }

  void write(Part trained, AdamW optimizer, Progress progress) {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    Map<String, AdamW.State> states = optimizer.state();
    trained
        .namedParameters()
        .forEach(
            (name, parameter) -> {
              FloatTensor value = ParameterValues.of(parameter);
              tensors.put(VALUE + name, value);
              AdamW.State state = states.get(name);
              if (state != null) {
                tensors.put(MEAN + name, new FloatTensor(value.shape(), state.mean()));
                tensors.put(VARIANCE + name, new FloatTensor(value.shape(), state.variance()));
              }
            });
    try {
      String json = Json.MAPPER.writeValueAsString(progress);
      SafetensorsWriter.write(file, tensors, Map.of(PROGRESS, json));
    } catch (IOException e) {
      throw new WrongInputException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Puts values and optimiser where they were.
   *
   * @throws WrongInputException if the file is damaged or of another recipe
   */
  Progress restore(Recipe recipe, Part trained, AdamW optimizer, NDManager manager) {
    try (SafetensorsFile stored = SafetensorsFile.open(file)) {
      Progress progress = progress(stored);
      if (!progress.recipe().equals(recipe)) {
        throw new WrongInputException(
            file
                + " is of another training ("
                + progress.recipe()
                + "); give the same options to go on, or another --out");
      }
      trained
          .namedParameters()
          .forEach(
              (name, parameter) -> {
                trained.load(name, manager, ParameterValues.read(stored, VALUE + name, parameter));
                AdamW.State state =
                    new AdamW.State(
                        ParameterValues.read(stored, MEAN + name, parameter),
                        ParameterValues.read(stored, VARIANCE + name, parameter),
                        progress.steps());
                optimizer.restore(name, parameter.getShape(), state);
              });
      return progress;
    }
  }

  private Progress progress(SafetensorsFile stored) {
    try {
      return Json.MAPPER.readValue(stored.metadata().getOrDefault(PROGRESS, ""), Progress.class);
    } catch (JsonProcessingException e) {
      throw new WrongInputException(
          file + " is not a checkpoint of this program: its metadata has no " + PROGRESS, e);
    }
  }
}
