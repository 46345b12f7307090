package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;

/** Does to a backbone what no method may do; apart from that it trains one bias. */
abstract class Rewriting implements BackboneMethod<SoundMethod.Config> {

  /** The misdeed. */
  protected abstract void change(VisionTransformer backbone);

  @Override
  public String id() {
    return "rewriting";
  }

  @Override
  public String title() {
    return "Rewriting";
  }

  @Override
  public String bibtex() {
    return "@misc{rewriting}";
  }

  @Override
  public Class<SoundMethod.Config> configType() {
    return SoundMethod.Config.class;
  }

  @Override
  public String equation() {
    return "y = ViT(x)";
  }

  @Override
  public boolean startsAsBackbone(SoundMethod.Config config) {
    return true;
  }

  @Override
  public long trainableParameters(SoundMethod.Config config, ViTConfig backbone) {
    return backbone.width();
  }

  @Override
  public void adapt(SoundMethod.Config config, VisionTransformer backbone) {
    backbone.unfreeze("blocks.0.attn.proj.bias");
    change(backbone);
  }

  @Override
  public boolean merges(SoundMethod.Config config) {
    return true;
  }

  static NDArray array(VisionTransformer backbone, String parameter) {
    return backbone.parameter(parameter).getArray();
  }
}
