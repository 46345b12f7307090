package org.peftbench.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peftbench.model.Part;
import org.peftbench.model.Precision;
import org.peftbench.model.TorchScript;
import org.peftbench.result.Bounded;
import org.peftbench.result.EngineBuild;
import org.peftbench.training.LibTorch;

/** Asks the loaded library what it is: DJL knows of one version, and gives it to any library. */
final class BuildReader {

  /** Names of PyTorch's {@code SDPBackend} by number. */
  private static final List<String> KERNELS =
      List.of("math", "flash", "memory-efficient", "cudnn", "overrideable");

  private static final Shape QUERIES = new Shape(1, 2, 197, 64);

  private BuildReader() {}

  /** What the library is; empty where the system does not tell which one is loaded. */
  static Optional<EngineBuild> read(ai.djl.Device device, Precision precision) {
    try {
      return Optional.of(read(LibTorch.loaded(), device, precision));
    } catch (UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static EngineBuild read(LibTorch library, ai.djl.Device device, Precision precision) {
    String config = library.config();
    return new EngineBuild(
        found(config, "TORCH_VERSION=([^,\\s]+)").orElse("unknown"),
        found(config, "COMMIT_SHA=([0-9a-f]{7,40})"),
        found(config, "BLAS_INFO=(\\w+)"),
        found(config, "CPU capability usage: (\\S+)"),
        found(config, "CUDA Runtime ([0-9.]+)"),
        found(config, "CuDNN ([0-9.]+)"),
        device.isGpu() && library.allowsTf32(),
        attention(device, precision),
        Optional.ofNullable(System.getenv("PYTORCH_CUDA_ALLOC_CONF"))
            .map(settings -> Bounded.cut(settings, Bounded.LINE)));
  }

  private static Optional<String> found(String config, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(config);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String attention(ai.djl.Device device, Precision precision) {
    TorchScript script =
        TorchScript.compile(
            """
              def float32(self: __torch__.M, q: Tensor) -> Tensor:
                return torch.tensor(torch._fused_sdp_choice(q, q, q))
              def bfloat16(self: __torch__.M, q: Tensor) -> Tensor:
                p = torch.to(q, 15)
                return torch.tensor(torch._fused_sdp_choice(p, p, p))
            """);
    try (NDManager manager = NDManager.newBaseManager(device);
        NDScope scope = Part.scope()) {
      NDArray queries = manager.zeros(QUERIES);
      queries.setRequiresGradient(true);
      String type = precision.lowersFrozen() ? "bfloat16" : "float32";
      NDArray number = script.call(type, new NDList(queries)).singletonOrThrow();
      return KERNELS.get(Math.toIntExact(number.getLong()));
    }
  }
}
