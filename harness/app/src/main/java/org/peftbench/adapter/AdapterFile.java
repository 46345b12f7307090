package org.peftbench.adapter;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Cell;
import org.peftbench.model.Part;
import org.peftbench.result.EarlierSchema;
import org.peftbench.result.Json;
import org.peftbench.weights.FloatTensor;
import org.peftbench.weights.SafetensorsFile;
import org.peftbench.weights.SafetensorsWriter;
import org.peftbench.weights.TensorInfo;

/**
 * What a cell trained: a safetensors file with the values of method and head by their dotted names,
 * such as {@code side.lsa_1_1.qkv.weight} and {@code head.weight}, in float32. Its metadata hold
 * the cell.
 */
public final class AdapterFile implements AutoCloseable {

  private static final String CELL = "cell";
  private static final String CLASSES = "classes";
  private static final String HEAD_BIAS = "head.bias";

  private final Path path;
  private final SafetensorsFile file;
  private final Cell cell;
  private final int classes;

  private AdapterFile(Path path, SafetensorsFile file) {
    this.path = path;
    this.file = file;
    try {
      this.cell = EarlierSchema.cell(metadata(CELL));
      this.classes = Json.MAPPER.readValue(metadata(CLASSES), Integer.class);
    } catch (JsonProcessingException e) {
      throw new WrongInputException(
          path + ": its metadata are not those of an adapter: " + Json.explain(e), e);
    }
    requireHead();
  }

  /** Whoever makes room for the head believes the number of classes. */
  private void requireHead() {
    TensorInfo bias = file.tensors().get(HEAD_BIAS);
    if (bias == null || !bias.shape().equals(List.of((long) classes))) {
      throw new WrongInputException(
          "%s: its metadata say %d classes, and its '%s' %s"
              .formatted(
                  path,
                  classes,
                  HEAD_BIAS,
                  bias == null ? "is missing" : "has the shape " + bias.shape()));
    }
  }

  /**
   * Writes what a cell trained, whole or not at all.
   *
   * @param path the file; its folder is made where it is missing
   * @param classes K
   * @param trained method and head
   * @throws WrongInputException if the file system refuses
   */
  public static void write(Path path, Cell cell, int classes, Part trained) {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    trainable(trained)
        .forEach((name, parameter) -> tensors.put(name, ParameterValues.of(parameter)));
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      SafetensorsWriter.write(
          path,
          tensors,
          Map.of(CELL, Json.MAPPER.writeValueAsString(cell), CLASSES, Integer.toString(classes)));
    } catch (IOException e) {
      throw new WrongInputException(path + " cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a file and reads what cell it is of.
   *
   * @throws WrongInputException if it is not an adapter
   */
  public static AdapterFile open(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    try {
      return new AdapterFile(path, file);
    } catch (WrongInputException e) {
      file.close();
      throw e;
    }
  }

  private String metadata(String name) {
    String value = file.metadata().get(name);
    if (value == null) {
      throw new WrongInputException(
          "%s: not an adapter: its metadata have no '%s'; bench run --save-adapters writes such files"
              .formatted(path, name));
    }
    return value;
  }

  /** The cell that trained it. */
  public Cell cell() {
    return cell;
  }

  /** Classes of its head, K. */
  public int classes() {
    return classes;
  }

  /**
   * Gives everything that is trained its values.
   *
   * @throws WrongInputException if the file has others than those, or of other shapes
   */
  public void load(Part trained, NDManager manager) {
    Map<String, Parameter> wanted = trainable(trained);
    Set<String> foreign = new TreeSet<>(file.tensors().keySet());
    foreign.removeAll(wanted.keySet());
    if (!foreign.isEmpty()) {
      throw new WrongInputException(
          path + ": '" + foreign.iterator().next() + "' is nothing that the method trains");
    }
    wanted.forEach(
        (name, parameter) ->
            trained.load(name, manager, ParameterValues.read(file, name, parameter)));
  }

  private static Map<String, Parameter> trainable(Part trained) {
    Map<String, Parameter> parameters = new LinkedHashMap<>(trained.namedParameters());
    parameters.values().removeIf(parameter -> !parameter.requiresGradient());
    return parameters;
  }

  @Override
  public void close() {
    file.close();
  }
}
