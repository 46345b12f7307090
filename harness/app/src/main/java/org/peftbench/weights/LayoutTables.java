package org.peftbench.weights;

import java.util.List;
import java.util.Locale;

/**
 * Where each layout keeps timm's tensors: timm's name, what to do, the shape in the letters of
 * {@link Sizes}, the name or names in the file.
 *
 * <p>Taken from timm's {@code _load_weights} and Hugging Face's {@code
 * convert_vit_timm_to_pytorch}.
 */
final class LayoutTables {

  static final String TIMM =
      """
      cls_token                  as_is        1,1,D    cls_token
      pos_embed                  as_is        1,N,D    pos_embed
      patch_embed.proj.weight    as_is        D,C,P,P  patch_embed.proj.weight
      patch_embed.proj.bias      as_is        D        patch_embed.proj.bias
      blocks.{i}.norm1.weight    as_is        D        blocks.{i}.norm1.weight
      blocks.{i}.norm1.bias      as_is        D        blocks.{i}.norm1.bias
      blocks.{i}.attn.qkv.weight as_is        3D,D     blocks.{i}.attn.qkv.weight
      blocks.{i}.attn.qkv.bias   as_is        3D       blocks.{i}.attn.qkv.bias
      blocks.{i}.attn.proj.weight as_is       D,D      blocks.{i}.attn.proj.weight
      blocks.{i}.attn.proj.bias  as_is        D        blocks.{i}.attn.proj.bias
      blocks.{i}.norm2.weight    as_is        D        blocks.{i}.norm2.weight
      blocks.{i}.norm2.bias      as_is        D        blocks.{i}.norm2.bias
      blocks.{i}.mlp.fc1.weight  as_is        M,D      blocks.{i}.mlp.fc1.weight
      blocks.{i}.mlp.fc1.bias    as_is        M        blocks.{i}.mlp.fc1.bias
      blocks.{i}.mlp.fc2.weight  as_is        D,M      blocks.{i}.mlp.fc2.weight
      blocks.{i}.mlp.fc2.bias    as_is        D        blocks.{i}.mlp.fc2.bias
      norm.weight                as_is        D        norm.weight
      norm.bias                  as_is        D        norm.bias
      head.weight                as_is        K,D      head.weight
      head.bias                  as_is        K        head.bias
      """;

  static final String HUGGING_FACE =
      """
      cls_token                  as_is        1,1,D    embeddings.cls_token
      pos_embed                  as_is        1,N,D    embeddings.position_embeddings
      patch_embed.proj.weight    as_is        D,C,P,P  embeddings.patch_embeddings.projection.weight
      patch_embed.proj.bias      as_is        D        embeddings.patch_embeddings.projection.bias
      blocks.{i}.norm1.weight    as_is        D        {b}.layernorm_before.weight
      blocks.{i}.norm1.bias      as_is        D        {b}.layernorm_before.bias
      blocks.{i}.attn.qkv.weight as_is        D,D      {a}.query.weight {a}.key.weight {a}.value.weight
      blocks.{i}.attn.qkv.bias   as_is        D        {a}.query.bias {a}.key.bias {a}.value.bias
      blocks.{i}.attn.proj.weight as_is       D,D      {b}.attention.output.dense.weight
      blocks.{i}.attn.proj.bias  as_is        D        {b}.attention.output.dense.bias
      blocks.{i}.norm2.weight    as_is        D        {b}.layernorm_after.weight
      blocks.{i}.norm2.bias      as_is        D        {b}.layernorm_after.bias
      blocks.{i}.mlp.fc1.weight  as_is        M,D      {b}.intermediate.dense.weight
      blocks.{i}.mlp.fc1.bias    as_is        M        {b}.intermediate.dense.bias
      blocks.{i}.mlp.fc2.weight  as_is        D,M      {b}.output.dense.weight
      blocks.{i}.mlp.fc2.bias    as_is        D        {b}.output.dense.bias
      norm.weight                as_is        D        layernorm.weight
      norm.bias                  as_is        D        layernorm.bias
      head.weight                as_is        K,D      classifier.weight
      head.bias                  as_is        K        classifier.bias
      """
          .replace("{a}", "{b}.attention.attention")
          .replace("{b}", "encoder.layer.{i}");

  private static final String FLAX =
      """
      cls_token                  as_is        1,1,D    cls
      pos_embed                  as_is        1,N,D    {positions}
      patch_embed.proj.weight    convolution  P,P,C,D  embedding/kernel
      patch_embed.proj.bias      as_is        D        embedding/bias
      blocks.{i}.norm1.weight    as_is        D        {b}/LayerNorm_0/scale
      blocks.{i}.norm1.bias      as_is        D        {b}/LayerNorm_0/bias
      blocks.{i}.attn.qkv.weight transpose    D,H,E    {a}/query/kernel {a}/key/kernel {a}/value/kernel
      blocks.{i}.attn.qkv.bias   as_is        H,E      {a}/query/bias {a}/key/bias {a}/value/bias
      blocks.{i}.attn.proj.weight transpose   H,E,D    {a}/out/kernel
      blocks.{i}.attn.proj.bias  as_is        D        {a}/out/bias
      blocks.{i}.norm2.weight    as_is        D        {b}/{norm2}/scale
      blocks.{i}.norm2.bias      as_is        D        {b}/{norm2}/bias
      blocks.{i}.mlp.fc1.weight  transpose    D,M      {b}/{mlp}/Dense_0/kernel
      blocks.{i}.mlp.fc1.bias    as_is        M        {b}/{mlp}/Dense_0/bias
      blocks.{i}.mlp.fc2.weight  transpose    M,D      {b}/{mlp}/Dense_1/kernel
      blocks.{i}.mlp.fc2.bias    as_is        D        {b}/{mlp}/Dense_1/bias
      norm.weight                as_is        D        Transformer/encoder_norm/scale
      norm.bias                  as_is        D        Transformer/encoder_norm/bias
      head.weight                transpose    D,K      head/kernel
      head.bias                  as_is        K        head/bias
      """
          .replace("{a}", "{b}/{attention}")
          .replace("{b}", "Transformer/encoderblock_{i}");

  static final String GOOGLE =
      FLAX.replace("{positions}", "Transformer/posembed_input/pos_embedding")
          .replace("{attention}", "MultiHeadDotProductAttention_1")
          .replace("{norm2}", "LayerNorm_2")
          .replace("{mlp}", "MlpBlock_3");

  static final String BIG_VISION =
      FLAX.replace("{positions}", "pos_embedding")
          .replace("{attention}", "MultiHeadDotProductAttention_0")
          .replace("{norm2}", "LayerNorm_1")
          .replace("{mlp}", "MlpBlock_0");

  private LayoutTables() {}

  static List<Rule> rules(String table) {
    return table.lines().map(LayoutTables::rule).toList();
  }

  private static Rule rule(String line) {
    List<String> columns = List.of(line.split(" +", -1));
    return new Rule(
        columns.get(0),
        Transform.valueOf(columns.get(1).toUpperCase(Locale.ROOT)),
        List.of(columns.get(2).split(",", -1)),
        columns.subList(3, columns.size()));
  }
}
