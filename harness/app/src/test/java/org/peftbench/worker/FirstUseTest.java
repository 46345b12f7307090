package org.peftbench.worker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstUseTest {

  @TempDir private Path folder;

  /** By PyTorch's own log, here on the processors. */
  @Test
  void whateverTrainingWillLoadIsUsedOnceForwardAndBackward() throws IOException {
    Engine.getEngine("PyTorch");
    Path log = folder.resolve("operators.json");
    JniUtils.startProfile(false, false, false);
    try {
      FirstUse.of(Device.cpu());
    } finally {
      JniUtils.stopProfile(log.toString());
    }
    String used = Files.readString(log);
    for (String operator :
        List.of(
            "aten::matmul",
            "aten::convolution",
            "aten::convolution_backward",
            "aten::scaled_dot_product_attention",
            "attention_for_cpu_backward")) {
      assertTrue(used.contains(operator), operator);
    }
  }
}
