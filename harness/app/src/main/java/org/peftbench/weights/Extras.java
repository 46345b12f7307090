package org.peftbench.weights;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tensors that some published files hold beyond the transformer itself. */
final class Extras {

  /** They feed only heads or pre-training, so the transformer is the same without them. */
  private static final Pattern HARMLESS =
      Pattern.compile("(head|classifier|pre_logits|pooler)[./].*|(embeddings\\.)?mask_token");

  /** They make it another transformer: dropping them would silently give other outputs. */
  private static final Map<Pattern, String> TELLING =
      Map.of(
          Pattern.compile(
              "dist_token|head_dist\\..*|embeddings\\.distillation_token"
                  + "|distillation_classifier\\..*"),
          "distilled model, which has a second class token",
          Pattern.compile("fc_norm\\..*"),
          "model that normalises after pooling",
          Pattern.compile("reg_token|register_tokens"),
          "model with register tokens",
          Pattern.compile("norm_pre\\..*"),
          "model that normalises before the first block",
          Pattern.compile("blocks\\.\\d+\\.ls[12]\\..*"),
          "model with layer scale",
          Pattern.compile("blocks\\.\\d+\\.attn\\.[qk]_norm\\..*"),
          "model that normalises queries and keys",
          Pattern.compile("MAPHead_0/.*|attn_pool\\..*"),
          "model that pools by attention");

  private Extras() {}

  static boolean harmless(String bare) {
    return HARMLESS.matcher(bare).matches();
  }

  /** What kind of model the tensor betrays. */
  static Optional<String> betrays(String bare) {
    return TELLING.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(bare).matches())
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
