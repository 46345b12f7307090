package org.peftbench.weights;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The naming schemes that vision transformers are published in. */
// The collections cannot change, though their types do not say so.
@SuppressWarnings("ImmutableEnumChecker")
public enum Layout {
  /** PyTorch Image Models. */
  @JsonProperty("timm")
  TIMM("timm", "patch_embed.proj.", LayoutTables.TIMM),
  /** Hugging Face Transformers; all but a bare model have {@code vit.} or the like in front. */
  @JsonProperty("huggingface")
  HUGGING_FACE("Hugging Face", "embeddings.patch_embeddings.", LayoutTables.HUGGING_FACE),
  /** The npz files of Dosovitskiy et al. 2021 and of Steiner et al. 2021 (AugReg). */
  @JsonProperty("google")
  GOOGLE("Google npz", "Transformer/encoderblock_0/MlpBlock_3/", LayoutTables.GOOGLE),
  /** The npz files of big_vision. */
  @JsonProperty("big_vision")
  BIG_VISION("big_vision npz", "Transformer/encoderblock_0/MlpBlock_0/", LayoutTables.BIG_VISION);

  /** Between a wrapper's name and what it wraps, in PyTorch and in npz files. */
  private static final String SEPARATORS = "./";

  private static final Pattern NUMBERED = Pattern.compile("blocks\\.(\\d{1,4})\\.(.+)");

  private final String title;
  private final String marker;
  private final Map<String, Rule> rules;

  Layout(String title, String marker, String table) {
    this.title = title;
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

  /**
   * What wrappers have put before a name, such as {@code module.backbone.}; empty if the name is
   * not one of those that begin so in every file of this layout, and in no other.
   */
  Optional<String> wrapper(String name) {
    int at = name.indexOf(marker);
    boolean whole = at == 0 || (at > 0 && SEPARATORS.indexOf(name.charAt(at - 1)) >= 0);
    return whole ? Optional.of(name.substring(0, at)) : Optional.empty();
  }

  /**
   * A name without what wrappers have put before it. They nest, and what is added to a transformer
   * stands outside of some: {@code module.head.weight} beside {@code module.backbone.norm.weight}.
   */
  static String bare(String name, String wrapper) {
    for (int end = wrapper.length(); end > 0; end--) {
      boolean whole = SEPARATORS.indexOf(wrapper.charAt(end - 1)) >= 0;
      if (whole && name.startsWith(wrapper.substring(0, end))) {
        return name.substring(end);
      }
    }
    return name;
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
