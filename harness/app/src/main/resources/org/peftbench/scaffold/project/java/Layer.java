package {{package}};

import ai.djl.ndarray.NDArray;
import org.peftbench.model.Init;
import org.peftbench.model.LinearMap;
import org.peftbench.model.Part;

/**
 * A frozen part with a low-rank update beside it: y = base(x) + s B A x.
 *
 * <ul>
 *   <li>input and output (B, N, D)
 *   <li>{@code a} (R, D), Kaiming uniform; {@code b} (D, R), zeros
 * </ul>
 */
final class {{Name}}Layer extends Part {

  private final {{Name}}Config config;

  {{Name}}Layer(Part base, {{Name}}Config config, long width) {
    this.config = config;
    add("base", base);
    parameter("a", Init.kaimingUniform(), config.rank(), width);
    parameter("b", Init.ZEROS, width, config.rank());
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped( // frees what is computed in between
        () -> {
          NDArray y = part("base").forward(x, training);
          NDArray down = LinearMap.apply(x, value("a")); // (B, N, R)
          NDArray up = LinearMap.apply(scaled(down, config.scale()), value("b"));
          return y.addi(up); // in place: one map of this size less
        });
  }
}
