package org.peftbench.methods.dtl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;
import org.peftbench.testkit.Subject;
import org.peftbench.testkit.TinyModels;
import org.peftbench.testkit.Trial;

class DtlMethodTest extends PeftMethodContract<DtlConfig> {

  @Override
  protected PeftMethod<DtlConfig> method() {
    return new DtlMethod();
  }

  @Test
  void vitB16HasThePublishedCount() {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new DtlMethod().adapt(config(), backbone);
    assertEquals(36_864, backbone.trainableValues());
    assertEquals(85_798_656 + 36_864, backbone.values());
  }

  @ParameterizedTest
  @CsvSource({"0.5, 12, 6", "0.5, 24, 12", "0.5, 3, 2", "0.25, 4, 1", "0, 12, 1", "1, 12, 12"})
  void theLastBlocksAreAdapted(double share, int depth, int adapted) {
    assertEquals(adapted, config("share=" + share).adapted(depth));
  }

  /** Of four blocks the last two are adapted: what the fourth reads is the first with a graph. */
  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "2, false", "3, true"})
  void noGraphBeforeTheFirstAdaptedBlock(int block, boolean graph) {
    ViTConfig size = TinyModels.SIZES.get(2);
    try (Trial trial = Trial.on(size, new Subject<>(new DtlMethod(), config()), 0);
        NDScope scope = Part.scope()) {
      NDList sums = new NDList();
      trial.learner().body().wrap("blocks.base." + block, base -> new Probe(base, sums));
      NDList inputs = trial.learner().inputs(TinyModels.images(trial.manager(), size, 2));
      try (Part.Leaves leaves = trial.learner().trained().openLeaves();
          GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        assertFalse(leaves.byName().isEmpty());
        trial.learner().represent(inputs, true);
        NDArray sum = sums.singletonOrThrow();
        if (graph) {
          gradients.backward(sum);
        } else {
          Exception e = assertThrows(EngineException.class, () -> gradients.backward(sum));
          assertTrue(String.valueOf(e.getMessage()).contains("does not require grad"));
        }
      }
    }
  }

  /** Keeps the sum of what a block reads. */
  private static final class Probe extends Part {

    private final NDList sums;

    Probe(Part block, NDList sums) {
      this.sums = sums;
      add("probed", block);
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      NDArray sum = x.sum();
      NDScope.unregister(sum); // it outlives the pass
      sums.add(sum);
      return part("probed").forward(x, training);
    }
  }

  @Nested
  class EverywhereWithAGentleSwish extends Variant {
    EverywhereWithAGentleSwish() {
      super("rank=3,beta=1,share=1");
    }
  }
}
