package org.peftbench.methods.lora;

import org.peftbench.spi.Option;

/**
 * Hyper-parameters of LoRA; the defaults are those of the row usually quoted on VTAB-1K.
 *
 * @param rank R
 * @param scale s
 * @param dropout probability
 * @param target where the update goes
 */
public record LoraConfig(
    @Option(doc = "rank of the update", value = "8", min = 1, max = 65536) int rank,
    @Option(doc = "factor of the update", value = "1") double scale,
    @Option(doc = "dropout on the input of the update", value = "0.1", min = 0, max = 0.99)
        double dropout,
    @Option(
            doc =
                "qkv: one update of the fused projection; qv: one of the queries, one of the values",
            value = "qkv")
        Target target) {

  /** Where the low-rank update goes. */
  public enum Target {
    /** One A (R, D) and one B (3D, R) on the fused projection, so that keys are adapted too. */
    QKV,
    /** A and B for the queries and for the values each; keys stay as they are. */
    QV
  }
}
