package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "norm, norm, true",
    "norm, norm1, false",
    "norm, blocks.0.norm, false",
    "blocks.*, blocks.0, true",
    "blocks.*, blocks, false",
    "blocks.*, blocks.0.attn, false",
    "blocks.*.attn.qkv, blocks.11.attn.qkv, true",
    "blocks.*.attn.qkv, blocks.1.1.attn.qkv, false",
    "blocks.1*.mlp, blocks.11.mlp, true",
    "blocks.1*.mlp, blocks.1.mlp, true",
    "blocks.1*.mlp, blocks.2.mlp, false",
    "**, norm, true",
    "**, blocks.0.attn, true",
    "**.bias, bias, true",
    "**.bias, blocks.0.attn.qkv.bias, true",
    "**.bias, blocks.0.unbias, false",
    "**.bias, blocks.bias.weight, false",
    "blocks.**.bias, blocks.bias, true",
    "blocks.**.bias, blocks.0.mlp.fc1.bias, true",
    "blocks.**.bias, norm.bias, false",
    "blocks.0.**, blocks.0.attn.qkv, true",
    "blocks.0.**, blocks.01.attn, false",
    "blo[ck]+s, blocks, false",
    "nor., norm, false",
    "a.b, axb, false",
    "'', norm, false"
  })
  void segmentsAreMatched(String pattern, String name, boolean matches) {
    assertEquals(matches, new NamePattern(pattern).matches(name));
  }
}
