package org.peftbench.cuda;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;

/**
 * The libraries of a PyTorch that computes on NVIDIA GPUs.
 *
 * @param library the folder that has them
 * @param build version and build, such as {@code 2.7.1+cu126}
 * @param origin where it is known from, such as {@code PYTORCH_LIBRARY_PATH} or {@code --from
 *     maven}
 */
public record CudaSet(Path library, String build, String origin) {

  /** The PyTorch that DJL's native interface was built for; another one crashes the JVM. */
  public static final String VERSION = "2.7.1";

  /** DJL's name of its native interface for CUDA. Any build for CUDA 12 goes with it. */
  public static final String FLAVOUR = "cu128";

  /**
   * How PyTorch's allocator works in a child with a CUDA set: its segments grow in place, so that
   * what it reserves is near what is used.
   */
  public static final String ALLOCATOR = "expandable_segments:True";

  private static final Pattern BUILD = Pattern.compile("(\\d+\\.\\d+\\.\\d+)(\\+[\\w.-]+)?");

  /** A line of a wheel's {@code version.py}; a build without CUDA has {@code None} there. */
  private static final Pattern CUDA =
      Pattern.compile("(?m)^cuda(?:: Optional\\[str\\])? = '(\\d+)\\.(\\d+)'");

  /** The digits of CUDA's version in a build; the last is the minor one. */
  private static final Pattern MAJOR = Pattern.compile("cu(\\d+)\\d");

  /** A folder of DJL's cache, such as {@code 2.7.1-cu128-linux-x86_64}. */
  private static final Pattern OF_DJL =
      Pattern.compile("(\\d+\\.\\d+\\.\\d+)(?:-\\d+)?-(cpu|cu\\d+)\\b.*");

  /**
   * Looks at the libraries in a folder.
   *
   * @param given the folder as it was given
   * @param origin where it was given
   * @throws WrongInputException if it is not one folder with a PyTorch that fits
   */
  public static CudaSet open(String given, String origin) {
    if (given.contains(File.pathSeparator)) {
      throw new WrongInputException(
          origin + " names several folders, " + given + "; expected one, " + expected());
    }
    Path library = path(given, origin);
    if (!Files.isRegularFile(library.resolve("libtorch.so"))) {
      String found = Files.isDirectory(library) ? "has no libtorch.so" : "is no folder";
      throw new WrongInputException(
          "%s: %s %s; expected %s".formatted(origin, library, found, expected()));
    }
    String build = build(library).orElse("of unknown version");
    if (!build.equals(VERSION) && !build.startsWith(VERSION + "+")) {
      throw new WrongInputException(
          "%s: %s holds PyTorch %s; this program needs %s, any other crashes"
              .formatted(origin, library, build, VERSION));
    }
    if (!Files.isRegularFile(library.resolve("libtorch_cuda.so"))) {
      throw new WrongInputException(
          "%s: %s holds PyTorch %s+cpu, which has no libtorch_cuda.so and computes on the CPU"
                  .formatted(origin, library, VERSION)
              + " alone; expected a build for CUDA 12");
    }
    Matcher major = MAJOR.matcher(build);
    if (major.find() && !major.group(1).equals("12")) {
      throw new WrongInputException(
          "%s: %s holds PyTorch %s, built for CUDA %s; expected a build for CUDA 12"
              .formatted(origin, library, build, major.group(1)));
    }
    return new CudaSet(library, build, origin);
  }

  private static Path path(String given, String origin) {
    try {
      return Path.of(given).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new WrongInputException(
          "%s names no folder (%s); expected %s".formatted(origin, e.getReason(), expected()), e);
    }
  }

  private static String expected() {
    return "the lib folder of a PyTorch " + VERSION + " for CUDA 12";
  }

  /** What the files beside a library, or its folder's name, say of its version and build. */
  private static Optional<String> build(Path library) {
    for (String name : List.of("../build-version", "../version.py", "build-version")) {
      Path file = library.resolve(name).normalize();
      if (Files.isRegularFile(file)) {
        Optional<String> build = build(file, read(file));
        if (build.isPresent()) {
          return build;
        }
      }
    }
    Matcher ofDjl = OF_DJL.matcher(library.getFileName().toString());
    return ofDjl.matches()
        ? Optional.of(ofDjl.group(1) + "+" + ofDjl.group(2) + "-djl")
        : Optional.empty();
  }

  private static Optional<String> build(Path file, String text) {
    Matcher found = BUILD.matcher(text);
    if (!found.find()) {
      return Optional.empty();
    }
    String build = found.group();
    Matcher cuda = CUDA.matcher(text);
    if (MAJOR.matcher(build).find() || !file.endsWith("version.py") || !cuda.find()) {
      return Optional.of(build);
    }
    String before = found.group(2) == null ? "+" : ".";
    return Optional.of(build + before + "cu" + cuda.group(1) + cuda.group(2));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw FileTrouble.wrong(file, "cannot be read", e);
    }
  }
}
