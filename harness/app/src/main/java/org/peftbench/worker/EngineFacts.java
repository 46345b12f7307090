package org.peftbench.worker;

import ai.djl.engine.Engine;
import java.util.Optional;
import org.peftbench.cell.Device;
import org.peftbench.link.Message;
import org.peftbench.model.Precision;
import org.peftbench.result.EngineBuild;

/**
 * What a child computes with.
 *
 * @param engine name and version
 * @param threads engine threads
 * @param accelerator device name; empty on a CPU
 * @param build what the library says of itself, where the system tells which one is loaded
 */
record EngineFacts(String engine, int threads, String accelerator, Optional<EngineBuild> build) {

  /** Asks the engine that was loaded, which takes a moment: only for those who tell it on. */
  static EngineFacts read(Device device, Precision precision) {
    Optional<EngineBuild> build = BuildReader.read(EngineLoader.device(device), precision);
    return new EngineFacts(
        "PyTorch "
            + build
                .map(EngineFacts::words)
                .orElseGet(() -> Engine.getEngine("PyTorch").getVersion()),
        Integer.getInteger("ai.djl.pytorch.num_threads", 0),
        device.cuda().map(number -> device.toString()).orElse(""),
        build);
  }

  private static String words(EngineBuild build) {
    return build.version()
        + build.cuda().map(cuda -> ", CUDA " + cuda).orElse("")
        + build.cudnn().map(cudnn -> ", cuDNN " + cudnn).orElse("");
  }

  Message message() {
    return new Message.Engine(engine, threads, accelerator, build);
  }
}
