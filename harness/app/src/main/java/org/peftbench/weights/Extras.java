package org.peftbench.weights;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tensors that some published files hold beyond the transformer itself, or instead of it. */
final class Extras {

  /** They feed only heads or pre-training, so the transformer is the same without them. */
  private static final Pattern HARMLESS =
      Pattern.compile("(head|classifier|pre_logits|pooler)[./].*|(embeddings\\.)?mask_token");

  /** What a masked autoencoder paints its images with; nothing of it is in the transformer. */
  private static final Pattern DECODER = Pattern.compile("decoder[._].+");

  /** They make it another transformer: dropping them would silently give other outputs. */
  private static final Map<Pattern, String> TELLING =
      patterns(
          """
          distilled model, which has a second class token
            dist_token|head_dist\\..*|embeddings\\.distillation_token|distillation_classifier\\..*
          model that normalises after pooling
            fc_norm\\..*
          model with register tokens
            reg_token|(embeddings\\.)?register_tokens
          model that normalises before the first block
            norm_pre\\..*
          model with layer scale
            {b}(ls[12]|layer_scale[12])\\..*|{b}(gamma|lambda)_[12]
          model that normalises queries and keys
            {b}(attn|attention)\\.(.*\\.)?[qk]_norm\\..*
          model with biases of queries and values alone, as BEiT
            {b}attn\\.[qv]_bias
          model with relative positions
            .*(relative_position|rel_pos).*
          model with rotary positions
            (.*\\.)?rope([._].*)?
          model with gated MLPs
            {b}mlp\\.(w12|w3|fc1_[gx]|weights_in|weights_out)\\..*
          model that pools by attention
            MAPHead_0/.*|attn_pool\\..*
          """
              .replace("{b}", "(blocks|encoder\\.layer)\\.\\d+\\."));

  /** Names of files without a vision transformer that could be read. */
  private static final Map<Pattern, String> OTHER =
      patterns(
          """
          a set of LoRA's matrices without their backbone
            .*\\.lora_[AB]\\..*
          a vision transformer under torchvision's names
            (.*\\.)?encoder\\.layers\\.encoder_layer_0\\..*
          an image tower of CLIP or SigLIP under Hugging Face's names
            (.*\\.)?vision_model\\.embeddings\\..*
          an image tower of CLIP under OpenAI's names
            visual\\.(conv1\\.weight|transformer\\.resblocks\\.0\\..*)
          """);

  private Extras() {}

  /** A line that says what it is, then one with the names that tell; the first that fits counts. */
  private static Map<Pattern, String> patterns(String lines) {
    Map<Pattern, String> kinds = new LinkedHashMap<>();
    String[] all = lines.split("\n", -1);
    for (int i = 0; i + 1 < all.length; i += 2) {
      kinds.put(Pattern.compile(all[i + 1].strip()), all[i]);
    }
    return kinds;
  }

  static boolean harmless(String bare) {
    return HARMLESS.matcher(bare).matches() || isOfDecoder(bare);
  }

  static boolean isOfDecoder(String bare) {
    return DECODER.matcher(bare).matches();
  }

  /** What kind of model the tensor betrays. */
  static Optional<String> betrays(String bare) {
    return kind(TELLING, bare);
  }

  /** What a file holds that has no transformer in a known layout. */
  static Optional<String> other(Collection<String> names) {
    return names.stream().flatMap(name -> kind(OTHER, name).stream()).findFirst();
  }

  private static Optional<String> kind(Map<Pattern, String> kinds, String name) {
    return kinds.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(name).matches())
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
