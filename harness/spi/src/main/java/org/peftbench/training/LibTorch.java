package org.peftbench.training;

import ai.djl.Device;
import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Functions of PyTorch that DJL has no call for, called by their C++ names in the very library that
 * the engine has loaded: autocast, TF32, and what the library says of itself. On Linux only.
 */
public final class LibTorch {

  private static final String FILE = "libtorch_cpu.so";

  // Numbers of c10::DeviceType and c10::ScalarType.
  private static final byte CPU = 0;
  private static final byte CUDA = 1;
  private static final byte BFLOAT16 = 15;

  /** Size of {@code std::string}: pointer, length, and room for short texts. */
  private static final int STRING_BYTES = 32;

  private static @Nullable LibTorch found;

  private final NativeLibrary library;

  private LibTorch(NativeLibrary library) {
    this.library = library;
  }

  /**
   * The library that the engine has loaded.
   *
   * @throws UnsupportedOperationException if this system does not tell which that is
   */
  public static synchronized LibTorch loaded() {
    if (found == null) {
      found = new LibTorch(NativeLibrary.getInstance(path()));
    }
    return found;
  }

  // By name alone another PyTorch of the system could be found, and be loaded beside ours.
  private static String path() {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.endsWith("/" + FILE))
          .map(line -> line.substring(line.indexOf('/')))
          .findFirst()
          .orElseThrow(() -> new UnsupportedOperationException("this process shows no " + FILE));
    } catch (IOException e) {
      throw new UnsupportedOperationException("PyTorch's library is found on Linux only", e);
    }
  }

  /**
   * What the library is built of and for, a line a part; from {@code torch.__config__.show()}.
   *
   * @throws UnsupportedOperationException on a processor that returns a C++ string otherwise
   */
  public String config() {
    if (Platform.ARCH.equals("x86-64")) {
      return text("_ZN2at11show_configB5cxx11Ev");
    }
    throw new UnsupportedOperationException("strings are read on x86-64 only");
  }

  private String text(String name) {
    try (Memory text = new Memory(STRING_BYTES)) {
      function(name).invokeVoid(new Object[] {text});
      int length = Math.toIntExact(text.getLong(Long.BYTES));
      return new String(text.getPointer(0).getByteArray(0, length), StandardCharsets.UTF_8);
    }
  }

  /** Whether matrix products and convolutions in float32 may be computed in TF32 on a GPU. */
  public void allowTf32(boolean allowed) {
    Pointer context = context();
    Object[] arguments = {context, flag(allowed)};
    function("_ZN2at7Context18setAllowTF32CuBLASEb").invokeVoid(arguments);
    function("_ZN2at7Context17setAllowTF32CuDNNEb").invokeVoid(arguments);
  }

  /** Whether both may. */
  public boolean allowsTf32() {
    Object[] context = {context()};
    return (function("_ZNK2at7Context15allowTF32CuBLASEv").invokeInt(context) & 1) == 1
        && (function("_ZNK2at7Context14allowTF32CuDNNEv").invokeInt(context) & 1) == 1;
  }

  private Pointer context() {
    return function("_ZN2at13globalContextEv").invokePointer(new Object[0]);
  }

  /** Begins autocast to bfloat16, or ends it, for what this thread computes on a device. */
  void autocast(Device device, boolean on) {
    byte type = device.isGpu() ? CUDA : CPU;
    if (on) {
      function("_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE")
          .invokeVoid(new Object[] {type, BFLOAT16});
    }
    function("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb")
        .invokeVoid(new Object[] {type, flag(on)});
    if (!on) {
      // The casts of trained values are kept for the next use; an update makes them wrong.
      function("_ZN2at8autocast11clear_cacheEv").invokeVoid(new Object[0]);
    }
  }

  /** C++ reads one byte, in which Java's {@code true} would not be 1. */
  private static byte flag(boolean value) {
    return (byte) (value ? 1 : 0);
  }

  private Function function(String name) {
    return library.getFunction(name);
  }
}
