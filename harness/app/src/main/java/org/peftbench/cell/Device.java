package org.peftbench.cell;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something is computed: a device of this machine.
 *
 * @param cuda CUDA's number of the GPU; empty for the processors
 */
public record Device(Optional<Integer> cuda) {

  /** The processors of the machine. */
  public static final Device CPU = new Device(Optional.empty());

  private static final Pattern CUDA = Pattern.compile("cuda:(\\d{1,2})");

  /**
   * The device called {@code cpu} or {@code cuda:n}.
   *
   * @throws IllegalArgumentException for any other word
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Device named(String word) {
    if (word.equals("cpu")) {
      return CPU;
    }
    Matcher matcher = CUDA.matcher(word);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "unknown device '" + word + "'; known: cpu, cuda:0, cuda:1, ...");
    }
    return new Device(Optional.of(Integer.parseInt(matcher.group(1))));
  }

  /** Whether it is a GPU. */
  public boolean isGpu() {
    return cuda.isPresent();
  }

  /** What it is. */
  public DeviceType type() {
    return isGpu() ? DeviceType.CUDA : DeviceType.CPU;
  }

  /** {@code cpu} or {@code cuda:0}. */
  @Override
  @JsonValue
  public String toString() {
    return cuda.map(number -> "cuda:" + number).orElse("cpu");
  }
}
