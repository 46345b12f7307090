package org.peftbench.measure.nvml;

import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The driver's management library, started. It needs no CUDA context, so a process that reads GPUs
 * through it holds no memory on them.
 */
public final class Nvml implements AutoCloseable {

  /** The library's name on Linux, where the driver brings it along. */
  public static final String LIBRARY = "libnvidia-ml.so.1";

  private final NvmlLibrary library;

  private Nvml(NvmlLibrary library) {
    this.library = library;
  }

  /**
   * Loads and starts the library.
   *
   * @param library its name, or its path
   * @return empty if there is no such library, as on a machine without an NVIDIA driver
   * @throws NvmlException if it is there and does not start
   */
  public static Optional<Nvml> open(String library) throws NvmlException {
    Optional<NvmlLibrary> loaded = NvmlLibrary.load(library);
    if (loaded.isPresent()) {
      loaded.get().require("nvmlInit_v2");
    }
    return loaded.map(Nvml::new);
  }

  /**
   * The number of GPUs, also of those that may not be used.
   *
   * @throws NvmlException if the driver does not work
   */
  public int count() throws NvmlException {
    IntByReference count = new IntByReference();
    library.require("nvmlDeviceGetCount_v2", count);
    return count.getValue();
  }

  /**
   * The GPU of an index, which is not always CUDA's index.
   *
   * @throws NvmlException if there is none, it is lost, or it may not be used
   */
  public Gpu gpu(int index) throws NvmlException {
    PointerByReference handle = new PointerByReference();
    library.require("nvmlDeviceGetHandleByIndex_v2", index, handle);
    return new Gpu(library, handle.getValue());
  }

  /**
   * The GPU or the MIG instance of a UUID.
   *
   * @throws NvmlException if there is none, or any GPU is lost
   */
  public Gpu gpu(String uuid) throws NvmlException {
    PointerByReference handle = new PointerByReference();
    library.require("nvmlDeviceGetHandleByUUID", uuid, handle);
    return new Gpu(library, handle.getValue());
  }

  /** Functions that were asked for so far and that the library, being of an old driver, lacks. */
  public SortedSet<String> missing() {
    return library.missing();
  }

  /** Ends the use of the library. That it cannot end is nothing that anybody could act on. */
  @Override
  public void close() {
    library.call("nvmlShutdown");
  }
}
