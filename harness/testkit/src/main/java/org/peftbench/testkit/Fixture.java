package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.peftbench.model.Part;

/**
 * Named tensors in a text file that diffs well: a line each, {@code name 2x3 0.5 -1 ...} with the
 * values row by row; lines that begin with {@code #} are remarks.
 */
public final class Fixture {

  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern SHAPE = Pattern.compile("[1-9]\\d{0,5}(x[1-9]\\d{0,5}){0,4}");

  private static final class Tensor {
    private final Shape shape;
    private final float[] values;

    Tensor(Shape shape, float[] values) {
      this.shape = shape;
      this.values = values;
    }
  }

  private final String file;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private Fixture(String file) {
    this.file = file;
  }

  /**
   * Reads a resource that lies beside a class.
   *
   * @throws IllegalArgumentException naming file and line if it is missing, larger than 1 MiB or
   *     malformed
   */
  public static Fixture read(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + file + " beside " + beside.getName());
      }
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return parse(file, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  static Fixture parse(String file, String text) {
    Fixture fixture = new Fixture(file);
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isEmpty() && !line.startsWith("#")) {
        fixture.add(line, file + " line " + number);
      }
    }
    return fixture;
  }

  private void add(String line, String place) {
    String[] words = line.split(" ", -1);
    if (words.length < 3 || !SHAPE.matcher(words[1]).matches()) {
      throw new IllegalArgumentException(place + ": not of the form 'name 2x3 values'");
    }
    Shape shape =
        new Shape(Arrays.stream(words[1].split("x", -1)).mapToLong(Long::parseLong).toArray());
    if (shape.size() != words.length - 2) {
      throw new IllegalArgumentException(
          place + ": " + words[0] + shape + " has " + (words.length - 2) + " values");
    }
    float[] values = new float[words.length - 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(words[i + 2], place);
    }
    if (tensors.putIfAbsent(words[0], new Tensor(shape, values)) != null) {
      throw new IllegalArgumentException(place + ": " + words[0] + " is there twice");
    }
  }

  private static float value(String word, String place) {
    try {
      float value = Float.parseFloat(word);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(place + ": '" + word + "' is no number", e);
    }
    throw new IllegalArgumentException(place + ": '" + word + "' is not finite");
  }

  /** Whether there is a tensor of that name. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** The values of a tensor, row by row. */
  public float[] values(String name) {
    return tensor(name).values.clone();
  }

  /** A tensor as an array. */
  public NDArray array(NDManager manager, String name) {
    Tensor tensor = tensor(name);
    return manager.create(tensor.values, tensor.shape);
  }

  /** A tensor of whole numbers as an int64 array. */
  public NDArray integers(NDManager manager, String name) {
    float[] values = tensor(name).values;
    long[] integers = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      integers[i] = (long) values[i];
    }
    return manager.create(integers, tensor(name).shape);
  }

  /**
   * Loads every parameter of a part, each from the tensor {@code prefix + name}.
   *
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public void load(Part part, NDManager manager, String prefix) {
    part.namedParameters()
        .forEach(
            (name, parameter) -> {
              Tensor tensor = tensor(prefix + name);
              if (!tensor.shape.equals(parameter.getShape())) {
                throw new IllegalArgumentException(
                    file
                        + ": "
                        + prefix
                        + name
                        + " is "
                        + tensor.shape
                        + ", the parameter "
                        + parameter.getShape());
              }
              part.load(name, manager, tensor.values);
            });
  }

  private Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(file + " has no " + name + "; it has " + tensors.keySet());
    }
    return tensor;
  }
}
