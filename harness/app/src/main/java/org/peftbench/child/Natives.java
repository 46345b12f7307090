package org.peftbench.child;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.peftbench.WrongInputException;
import org.peftbench.cuda.CudaSet;
import org.peftbench.cuda.CudaSets;
import org.peftbench.link.Order;

/**
 * Which libraries of the engine a child loads: those that come with this program, which compute on
 * the CPU, a CUDA set, or, for the one child that may fetch, what the engine itself offers. A child
 * has them from here, and nothing of them from this program's own environment.
 *
 * @param set the CUDA set to load; empty for another kind
 * @param fetched the folder that gets what the engine fetches; empty for a child that may not
 */
record Natives(Optional<CudaSet> set, Optional<Path> fetched) {

  static final Natives OF_CPU = new Natives(Optional.empty(), Optional.empty());

  /**
   * Variables that choose the engine's libraries, or change unseen what is measured: its allocator,
   * its precision, its order of execution, how its threads wait for each other; DJL's goes before
   * the property that says who may fetch.
   */
  private static final Pattern TAKEN =
      Pattern.compile(
          "(PYTORCH|TORCH|CUBLAS|CUBLASLT|CUDNN|OMP|GOMP|KMP|MKL|ONEDNN|DNNL)_.*|DJL_OFFLINE"
              + "|NVIDIA_TF32_OVERRIDE|CUDA_LAUNCH_BLOCKING|CUDA_MODULE_LOADING"
              + "|CUDA_DEVICE_MAX_CONNECTIONS|CUDA_DEVICE_ORDER|CUDA_FORCE_PTX_JIT"
              + "|CUDA_DISABLE_PTX_JIT|CUDA_MANAGED_FORCE_DEVICE_ALLOC");

  /**
   * The libraries for an order.
   *
   * @throws WrongInputException if it wants a CUDA set and there is none that can be used
   */
  static Natives of(Order order) {
    if (order instanceof Order.FetchEngine fetch) {
      return new Natives(Optional.empty(), Optional.of(Path.of(fetch.folder())));
    }
    if (order instanceof Order.TryEngine trial && trial.cudaLibrary().isPresent()) {
      return of(CudaSet.open(trial.cudaLibrary().get(), "CUDA set"));
    }
    return order.device().isGpu()
        ? of(CudaSets.here().find().orElseThrow(() -> new WrongInputException(Devices.NO_CUDA_SET)))
        : OF_CPU;
  }

  private static Natives of(CudaSet set) {
    return new Natives(Optional.of(set), Optional.empty());
  }

  private boolean ofCpu() {
    return set.isEmpty() && fetched.isEmpty();
  }

  /** Whether the child may fetch what it lacks. */
  boolean mayFetch() {
    return fetched.isPresent();
  }

  /**
   * What they leave of a class path: with the libraries for the CPU on it the engine takes the CPU
   * even where there is a GPU.
   */
  String classPath(String own) {
    return Arrays.stream(own.split(File.pathSeparator))
        .filter(entry -> ofCpu() || !Path.of(entry).getFileName().toString().contains("native-cpu"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Makes a child's environment one in which the engine loads them, and measures as we say. */
  void into(Map<String, String> environment) {
    environment.keySet().removeIf(name -> TAKEN.matcher(name).matches());
    environment.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID"); // NVML's, so that both mean one
    if (!ofCpu()) {
      environment.put("PYTORCH_VERSION", CudaSet.VERSION);
      environment.put("PYTORCH_FLAVOR", CudaSet.FLAVOUR);
      environment.put("PYTORCH_CUDA_ALLOC_CONF", CudaSet.ALLOCATOR);
    }
    set.ifPresent(found -> environment.put(CudaSets.VARIABLE, found.library().toString()));
    fetched.ifPresent(folder -> environment.put("ENGINE_CACHE_DIR", folder.toString()));
  }
}
