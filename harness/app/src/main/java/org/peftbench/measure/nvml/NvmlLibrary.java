package org.peftbench.measure.nvml;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The library, with its functions looked up one by one: an old driver lacks some, and only what
 * they would have told is then unavailable.
 */
final class NvmlLibrary {

  // Numbers of nvmlReturn_t.
  static final int SUCCESS = 0;
  static final int INSUFFICIENT_SIZE = 7;
  private static final int FUNCTION_NOT_FOUND = 13;

  /** Codes by which a working GPU says that it does not tell this: the value is unavailable. */
  private static final Set<Integer> UNAVAILABLE =
      Set.of(
          2, // INVALID_ARGUMENT: a field or a kind of device that the call does not know
          3, // NOT_SUPPORTED
          4, // NO_PERMISSION
          6, // NOT_FOUND
          FUNCTION_NOT_FOUND,
          14, // CORRUPTED_INFOROM, where a board keeps its ECC mode
          21, // NO_DATA
          25, // ARGUMENT_VERSION_MISMATCH
          26, // DEPRECATED
          27); // NOT_READY

  /** Codes of a call that may succeed the next time. */
  private static final Set<Integer> PASSING =
      Set.of(
          10, // TIMEOUT
          999); // UNKNOWN

  private final NativeLibrary library;
  private final Map<String, Optional<Function>> functions = new ConcurrentHashMap<>();
  private final Set<String> missing = new ConcurrentSkipListSet<>();

  private NvmlLibrary(NativeLibrary library) {
    this.library = library;
  }

  /** Loads the library of a name or path; empty if there is none that can be loaded. */
  static Optional<NvmlLibrary> load(String name) {
    try {
      return Optional.of(new NvmlLibrary(NativeLibrary.getInstance(name)));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }

  /** Calls a function and gives its code, {@link #FUNCTION_NOT_FOUND} if the library lacks it. */
  int call(String symbol, Object... arguments) {
    Optional<Function> function = function(symbol);
    if (function.isEmpty()) {
      missing.add(symbol);
      return FUNCTION_NOT_FOUND;
    }
    return function.get().invokeInt(arguments);
  }

  /** Whether the library has a function. */
  boolean has(String symbol) {
    return function(symbol).isPresent();
  }

  /** The first function that the library has, and the first of all if it has none. */
  String newest(List<String> newestFirst) {
    return newestFirst.stream().filter(this::has).findFirst().orElse(newestFirst.get(0));
  }

  /** Functions that were called and that the library lacks. */
  SortedSet<String> missing() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(missing));
  }

  /**
   * Whether a call that gave this code has told what it was asked.
   *
   * @throws NvmlException if the code says that something is broken
   */
  boolean told(int code, String symbol) throws NvmlException {
    if (code != SUCCESS && !UNAVAILABLE.contains(code)) {
      throw failure(code, symbol);
    }
    return code == SUCCESS;
  }

  /**
   * Calls a function that nothing goes on without.
   *
   * @throws NvmlException if it fails for whatever reason
   */
  void require(String symbol, Object... arguments) throws NvmlException {
    int code = call(symbol, arguments);
    if (code != SUCCESS) {
      throw failure(code, symbol);
    }
  }

  private NvmlException failure(int code, String symbol) {
    return new NvmlException(
        words(code) + " (" + symbol + " gave " + code + ")", PASSING.contains(code));
  }

  private String words(int code) {
    return function("nvmlErrorString")
        .map(function -> function.invokeString(new Object[] {code}, false).strip())
        .orElse("NVML error");
  }

  private Optional<Function> function(String symbol) {
    return functions.computeIfAbsent(symbol, this::lookUp);
  }

  private Optional<Function> lookUp(String symbol) {
    try {
      return Optional.of(library.getFunction(symbol));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
