package org.peftbench.weights;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The naming schemes that vision transformers are published in. */
// The collections cannot change, though their types do not say so.
@SuppressWarnings("ImmutableEnumChecker")
public enum Layout {
  /** PyTorch Image Models; sometimes saved with a wrapper's name in front. */
  @JsonProperty("timm")
  TIMM(
      "timm",
      List.of("", "module.", "model.", "backbone."),
      "patch_embed.proj.",
      LayoutTables.TIMM),
  /** Hugging Face Transformers; a bare model has no {@code vit.} in front. */
  @JsonProperty("huggingface")
  HUGGING_FACE(
      "Hugging Face",
      List.of("", "vit."),
      "embeddings.patch_embeddings.",
      LayoutTables.HUGGING_FACE),
  /** The npz files of Dosovitskiy et al. 2021 and of Steiner et al. 2021 (AugReg). */
  @JsonProperty("google")
  GOOGLE("Google npz", List.of(""), "Transformer/encoderblock_0/MlpBlock_3/", LayoutTables.GOOGLE),
  /** The npz files of big_vision. */
  @JsonProperty("big_vision")
  BIG_VISION(
      "big_vision npz",
      List.of("params/", ""),
      "Transformer/encoderblock_0/MlpBlock_0/",
      LayoutTables.BIG_VISION);

  private static final Pattern NUMBERED = Pattern.compile("blocks\\.(\\d{1,4})\\.(.+)");

  private final String title;
  private final List<String> prefixes;
  private final String marker;
  private final Map<String, Rule> rules;

  Layout(String title, List<String> prefixes, String marker, String table) {
    this.title = title;
    this.prefixes = prefixes;
    this.marker = marker;
    this.rules =
        LayoutTables.rules(table).stream()
            .collect(Collectors.toUnmodifiableMap(Rule::timm, Function.identity()));
  }

  /** What to call the layout in a message. */
  @Override
  public String toString() {
    return title;
  }

  /** What all of a file's names may begin with. */
  List<String> prefixes() {
    return prefixes;
  }

  /** How some name begins, after the prefix, in every file of this layout and no other. */
  String marker() {
    return marker;
  }

  /** The rule for a tensor of timm's, such as {@code blocks.3.attn.qkv.weight}. */
  Rule rule(String timmName) {
    Matcher numbered = NUMBERED.matcher(timmName);
    String block = numbered.matches() ? numbered.group(1) : "";
    String template = block.isEmpty() ? timmName : "blocks." + Rule.BLOCK + "." + numbered.group(2);
    Rule rule = rules.get(template);
    if (rule == null) {
      throw new IllegalArgumentException("a vision transformer has no tensor '" + timmName + "'");
    }
    return rule.forBlock(block);
  }
}
