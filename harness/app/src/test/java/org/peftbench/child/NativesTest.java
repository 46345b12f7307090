package org.peftbench.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Device;
import org.peftbench.cuda.CudaSet;
import org.peftbench.cuda.TorchFolder;
import org.peftbench.link.Order;

/** What a child loads is from us, whatever the environment of this program is. */
class NativesTest {

  /** What images of NVIDIA's and of others set, and what people try out. */
  private static final Map<String, String> STRAY =
      Map.ofEntries(
          Map.entry("PYTORCH_VERSION", "2.7.0a0+7c8ec84"),
          Map.entry("PYTORCH_FLAVOR", "cu118"),
          Map.entry("PYTORCH_PRECXX11", "true"),
          Map.entry("PYTORCH_LIBRARY_PATH", "/stray"),
          Map.entry("PYTORCH_CUDA_ALLOC_CONF", "max_split_size_mb:32"),
          Map.entry("PYTORCH_NO_CUDA_MEMORY_CACHING", "1"),
          Map.entry("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1"),
          Map.entry("NVIDIA_TF32_OVERRIDE", "0"),
          Map.entry("CUDA_LAUNCH_BLOCKING", "1"),
          Map.entry("DJL_OFFLINE", "true"),
          Map.entry("CUBLAS_WORKSPACE_CONFIG", ":4096:8"),
          Map.entry("OMP_WAIT_POLICY", "passive"),
          Map.entry("GOMP_SPINCOUNT", "0"),
          Map.entry("MKL_CBWR", "COMPATIBLE"),
          Map.entry("CUDA_DEVICE_ORDER", "FASTEST_FIRST"));

  private static final Map<String, String> KEPT =
      Map.of("CUDA_VISIBLE_DEVICES", "1,0", "LD_LIBRARY_PATH", "/lib", "HOME", "/home/one");

  @TempDir Path folder;

  @Test
  void aChildOnTheCpuHasNothingOfTheEnvironmentsPyTorch() {
    assertEnvironment(Map.of(), Natives.of(new Order.TryEngine(Device.CPU)));
    assertFalse(Natives.OF_CPU.mayFetch());
    assertEquals("a.jar:native-cpu.jar", Natives.OF_CPU.classPath("a.jar:native-cpu.jar"));
  }

  @Test
  void aChildWithACudaSetHasItsFolderAndFlavour() throws Exception {
    Path library = TorchFolder.wheel(folder.resolve("torch"), "2.7.1+cu126");
    Natives natives = Natives.of(new Order.TryEngine(Device.CPU, Optional.of(library.toString())));
    assertEnvironment(forCuda("PYTORCH_LIBRARY_PATH", library.toString()), natives);
    assertFalse(natives.mayFetch());
    assertEquals(
        "/m/a.jar", natives.classPath("/m/a.jar:/m/pytorch-native-cpu-2.7.1-linux-x86_64.jar"));
  }

  @Test
  void theOneChildThatMayFetchFetchesTheFlavourForCudaIntoTheFolder() {
    Natives natives = Natives.of(new Order.FetchEngine(folder.toString()));
    assertTrue(natives.mayFetch());
    assertEnvironment(forCuda("ENGINE_CACHE_DIR", folder.toString()), natives);
    assertEquals("a.jar", natives.classPath("a.jar:native-cpu.jar"));
  }

  /** What a child for CUDA gets besides the variable that says where its libraries are. */
  private static Map<String, String> forCuda(String where, String folder) {
    return Map.of(
        where,
        folder,
        "PYTORCH_VERSION",
        "2.7.1",
        "PYTORCH_FLAVOR",
        "cu128",
        "PYTORCH_CUDA_ALLOC_CONF",
        CudaSet.ALLOCATOR);
  }

  private static void assertEnvironment(Map<String, String> expected, Natives natives) {
    Map<String, String> environment = new HashMap<>(STRAY);
    environment.putAll(KEPT);
    natives.into(environment);
    Map<String, String> all = new HashMap<>(expected);
    all.putAll(KEPT);
    all.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    assertEquals(all, environment);
  }
}
