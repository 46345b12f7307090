package org.peftbench.methods.full;

import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;

/**
 * Full fine-tuning: every parameter of the backbone is trained.
 *
 * <p>Parameters: all of the backbone's, 85,798,656 for ViT-B/16.
 */
public final class FullMethod implements BackboneMethod<FullConfig> {

  @Override
  public String id() {
    return "full";
  }

  @Override
  public String title() {
    return "Full fine-tuning";
  }

  @Override
  public String bibtex() {
    return """
        @inproceedings{dosovitskiy2021vit,
          title     = {An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale},
          author    = {Dosovitskiy, Alexey and Beyer, Lucas and Kolesnikov, Alexander and others},
          booktitle = {International Conference on Learning Representations},
          year      = {2021}
        }""";
  }

  @Override
  public Class<FullConfig> configType() {
    return FullConfig.class;
  }

  @Override
  public String equation() {
    return "y = ViT(x), every parameter trained";
  }

  @Override
  public boolean startsAsBackbone(FullConfig config) {
    return true;
  }

  @Override
  public long trainableParameters(FullConfig config, ViTConfig backbone) {
    return backbone.values();
  }

  @Override
  public void adapt(FullConfig config, VisionTransformer backbone) {
    backbone.unfreeze("**");
  }

  @Override
  public boolean merges(FullConfig config) {
    return true;
  }
}
