package {{package}};

import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;

/**
 * A low-rank update beside each block's MLP. Say here which paper this is, and what of it.
 *
 * <p>Parameters for width d, depth L, rank R: 2 L R d; 147,456 for ViT-B/16 at rank 8.
 */
public final class {{Name}}Method implements BackboneMethod<{{Name}}Config> {

  @Override
  public String id() {
    return "{{id}}";
  }

  @Override
  public String title() {
    return "{{Name}}: a low-rank update beside the MLP";
  }

  @Override
  public String bibtex() {
    return """
        @misc{ {{id}},
          title = { {{Name}} },
          note  = {What is to be cited}
        }""";
  }

  @Override
  public Class<{{Name}}Config> configType() {
    return {{Name}}Config.class;
  }

  @Override
  public String equation() {
    return """
        y = mlp(x) + s B A x
        x (B, N, D), A (R, D), B (D, R) zero at first""";
  }

  /** What the paper leaves open and is your reading, a sentence each; tables repeat it. */
  @Override
  public List<String> reconstructions() {
    return List.of();
  }

  /** B is zero at first, so that the first step is the frozen backbone's. */
  @Override
  public boolean startsAsBackbone({{Name}}Config config) {
    return true;
  }

  @Override
  public long trainableParameters({{Name}}Config config, ViTConfig backbone) {
    return 2L * backbone.depth() * config.rank() * backbone.width();
  }

  @Override
  public void adapt({{Name}}Config config, VisionTransformer backbone) {
    long width = backbone.config().width();
    backbone.wrap("blocks.*.mlp", mlp -> new {{Name}}Layer(mlp, config, width));
  }
}
