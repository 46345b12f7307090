package org.peftbench.weights;

import java.nio.FloatBuffer;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;

/**
 * A file's tensors under the bare names of its layout.
 *
 * @param layout the layout recognised
 * @param stored the name in the file, by bare name
 */
record NamedTensors(TensorFile file, Layout layout, NavigableMap<String, String> stored) {

  private static final int NAMES_SHOWN = 5;

  /**
   * Recognises the layout by the names.
   *
   * @throws WrongInputException if none fits
   */
  static NamedTensors of(TensorFile file) {
    for (Layout layout : Layout.values()) {
      NavigableSet<String> wrappers = new TreeSet<>();
      file.tensors().keySet().forEach(name -> layout.wrapper(name).ifPresent(wrappers::add));
      if (wrappers.size() > 1) {
        throw new WrongInputException(
            "%s: holds several vision transformers, under %s; expected one"
                .formatted(
                    file.path(),
                    wrappers.stream()
                        .limit(NAMES_SHOWN)
                        .map(wrapper -> "'" + wrapper + "'")
                        .collect(Collectors.joining(", "))));
      }
      if (!wrappers.isEmpty()) {
        return new NamedTensors(file, layout, strip(file, wrappers.first()));
      }
    }
    throw new WrongInputException(
        "%s: %s; it holds %s tensors, such as %s"
            .formatted(
                file.path(),
                Extras.other(file.tensors().keySet())
                    .map(kind -> "it is " + kind + ", which is not supported")
                    .orElse(
                        "not a vision transformer in a known layout (%s)"
                            .formatted(
                                Stream.of(Layout.values())
                                    .map(Layout::toString)
                                    .collect(Collectors.joining(", ")))),
                file.tensors().size(),
                file.tensors().keySet().stream().limit(NAMES_SHOWN).toList()));
  }

  private static NavigableMap<String, String> strip(TensorFile file, String wrapper) {
    NavigableMap<String, String> stored = new TreeMap<>();
    for (String name : file.tensors().keySet()) {
      String other = stored.put(Layout.bare(name, wrapper), name);
      if (other != null) {
        throw new WrongInputException(
            file.path() + ": holds both '" + other + "' and '" + name + "'");
      }
    }
    return stored;
  }

  /** What the file says of a tensor, by bare name. */
  Optional<TensorInfo> info(String bare) {
    return Optional.ofNullable(stored.get(bare)).map(name -> file.tensors().get(name));
  }

  /** The name to show: the one in the file if the tensor is there. */
  String shown(String bare) {
    return stored.getOrDefault(bare, bare);
  }

  /**
   * The values of a tensor, by bare name.
   *
   * @throws WrongInputException if it is missing, holds integers, or a value is not finite
   */
  float[] read(String bare) {
    float[] values = file.read(shown(bare));
    requireFinite(bare, FloatBuffer.wrap(values));
    return values;
  }

  /**
   * Puts the values of a tensor, by bare name, into a buffer.
   *
   * @param target with room for them and no more
   * @throws WrongInputException if it is missing, holds integers, or a value is not finite
   */
  void read(String bare, FloatBuffer target) {
    int from = target.position();
    file.read(shown(bare), target);
    requireFinite(bare, target.slice(from, target.position() - from));
  }

  private void requireFinite(String bare, FloatBuffer values) {
    for (int i = 0; i < values.limit(); i++) {
      if (!Float.isFinite(values.get(i))) {
        throw new WrongInputException(
            "%s: tensor '%s' contains %s at place %s; weights must be finite"
                .formatted(file.path(), shown(bare), values.get(i), i));
      }
    }
  }
}
