package org.peftbench.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.testkit.Rewriting.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.norm.Dropout;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.peftbench.model.Init;
import org.peftbench.model.Part;
import org.peftbench.model.TorchScript;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;

/** Each check of the contract refuses a method that breaks it, and says why. */
class BrokenMethodsTest {

  private static final ViTConfig SIZE = TinyModels.SIZES.get(0);

  @Test
  void wrongFormulaIsCaught() {
    SoundMethod broken =
        new SoundMethod() {
          @Override
          public long trainableParameters(Config config, ViTConfig backbone) {
            return 16; // the width of one size only
          }
        };
    StructureChecks.countMatchesTheFormula(subject(broken), SIZE);
    assertCaught(
        "the formula gives 16",
        () -> StructureChecks.countMatchesTheFormula(subject(broken), TinyModels.SIZES.get(1)));
  }

  @Test
  void arraysMadeWhileBuildingAreCaught() {
    Rewriting broken =
        new Rewriting() {
          @Override
          protected void change(VisionTransformer backbone) {
            backbone.initialize(NDManager.newBaseManager(), 0);
          }
        };
    assertCaught(
        "before it is initialised",
        () -> StructureChecks.countMatchesTheFormula(subject(broken), SIZE));
  }

  @Test
  void wrongShapeForOneImageIsCaught() {
    SoundMethod broken =
        combining((representation, gained) -> representation.add(gained).squeeze());
    assertCaught(
        "has shape (16)", () -> StructureChecks.mapsImagesToRepresentations(subject(broken), SIZE));
  }

  @Test
  void valuesThatAreNotFiniteAreCaught() {
    SoundMethod broken = combining((representation, gained) -> representation.div(gained));
    assertCaught(
        "the representation has the value",
        () -> StructureChecks.mapsImagesToRepresentations(subject(broken), SIZE));
  }

  @Test
  void mixingTheImagesOfABatchIsCaught() {
    SoundMethod broken =
        combining(
            (representation, gained) ->
                representation.sub(representation.mean(new int[] {0}, true)).add(gained));
    assertCaught(
        "of one image alone", () -> StructureChecks.imagesAreIndependent(subject(broken), SIZE));
  }

  @Test
  void mixingTheClipsOfABatchIsCaught() {
    SoundMethod broken =
        combining(
            (representation, gained) ->
                representation.sub(representation.mean(new int[] {0}, true)).add(gained));
    assertCaught(
        "of one clip alone", () -> ClipChecks.mapsClipsToRepresentations(subject(broken), SIZE));
  }

  @Test
  void aFormulaThatCountsFramesOnWhichNothingDependsIsCaught() {
    SoundMethod broken =
        new SoundMethod() {
          @Override
          public long trainableParameters(Config config, ViTConfig backbone) {
            return super.trainableParameters(config, backbone) * backbone.frames();
          }
        };
    StructureChecks.countMatchesTheFormula(subject(broken), SIZE);
    assertCaught("the formula gives 32", () -> ClipChecks.trainsOnClips(subject(broken), SIZE));
  }

  @Test
  void anotherBeginningThanDeclaredIsCaught() {
    SoundMethod drawn =
        new SoundMethod() {
          @Override
          protected Init init() {
            return Init.normal(1);
          }
        };
    assertCaught(
        "the first representation", () -> StructureChecks.startsAsDeclared(subject(drawn), SIZE));
    SoundMethod modest =
        new SoundMethod() {
          @Override
          public boolean startsAsBackbone(Config config) {
            return false;
          }
        };
    assertCaught(
        "declared not to be", () -> StructureChecks.startsAsDeclared(subject(modest), SIZE));
  }

  @Test
  void aParameterThatIsNotUsedIsCaught() {
    SoundMethod broken = combining((representation, gained) -> representation.mul(1));
    assertCaught(
        "no gradient reaches [side.gain]",
        () -> TrainingChecks.gradientsReachEveryTrainedParameter(subject(broken), SIZE));
  }

  @Test
  void aChangedBackboneIsCaught() {
    Rewriting broken =
        new Rewriting() {
          @Override
          protected void change(VisionTransformer backbone) {
            array(backbone, "blocks.0.mlp.fc1.bias").addi(1e-3f);
          }
        };
    assertCaught(
        "blocks.0.mlp.fc1.bias", () -> TrainingChecks.nothingElseChanges(subject(broken), SIZE));
  }

  @Test
  void aReplacedParameterIsCaught() {
    Rewriting broken =
        new Rewriting() {
          @Override
          protected void change(VisionTransformer backbone) {
            var manager = array(backbone, "norm.bias").getManager();
            backbone.load("norm.bias", manager, new float[backbone.config().width()]);
          }
        };
    assertCaught(
        "norm.bias of the backbone was replaced",
        () -> TrainingChecks.nothingElseChanges(subject(broken), SIZE));
  }

  @Test
  void changedTapsAreCaught() {
    SoundMethod broken = combining((representation, gained) -> representation.addi(1));
    assertCaught("input 0", () -> TrainingChecks.inputsStayAsTheyAre(subject(broken), SIZE));
  }

  @Test
  void tapsChangedWhereThereAreGradientsAreCaught() {
    TorchScript script =
        TorchScript.compile(
            """
              def more(self: __torch__.M, x: Tensor, gained: Tensor) -> Tensor:
                if gained.requires_grad:
                  y = torch.add_(x, 1.)
                else:
                  y = torch.add(x, 1.)
                return y
            """);
    SoundMethod broken =
        combining(
            (representation, gained) ->
                script.call("more", new NDList(representation, gained)).singletonOrThrow());
    assertCaught("input 0", () -> TrainingChecks.inputsStayAsTheyAre(subject(broken), SIZE));
  }

  @Test
  void valuesDrawnWithoutTheSeedAreCaught() {
    Random own = new Random();
    SoundMethod broken =
        new SoundMethod() {
          @Override
          protected Init init() {
            return (shape, random) -> Init.normal(1).values(shape, own);
          }
        };
    assertCaught(
        "the loss", () -> TrainingChecks.sameSeedGivesTheSameLosses(subject(broken), SIZE));
  }

  @Test
  void aRepresentationWithoutContentIsCaught() {
    SoundMethod broken = combining((representation, gained) -> representation.mul(0));
    assertCaught(
        "two seeds give the same losses",
        () -> TrainingChecks.anotherSeedGivesOtherLosses(subject(broken), SIZE));
  }

  @Test
  void leakedArraysAreCaught() {
    SoundMethod broken =
        combining(
            (representation, gained) -> {
              NDArray leak = gained.duplicate();
              NDScope.unregister(leak);
              return representation.add(leak);
            });
    assertCaught(
        "50 training steps leave", () -> TrainingChecks.noArraysAreLeaked(subject(broken), SIZE));
  }

  @Test
  void noiseInEvaluationIsCaught() {
    SoundMethod broken =
        combining(
            (representation, gained) ->
                Dropout.dropout(representation, 0.5f, true).singletonOrThrow().add(gained));
    assertCaught(
        "the representation",
        () -> EvaluationChecks.evaluationIsDeterministic(subject(broken), SIZE));
  }

  @Test
  void gradientsOutsideATrainingStepAreCaught() {
    Rewriting broken =
        new Rewriting() {
          @Override
          protected void change(VisionTransformer backbone) {
            array(backbone, "norm.bias").setRequiresGradient(true);
          }
        };
    assertCaught(
        "builds a graph",
        () -> EvaluationChecks.noGraphOutsideATrainingStep(subject(broken), SIZE));
  }

  @Test
  void whatIsLearntOutsideOfParametersIsCaught() {
    AtomicInteger steps = new AtomicInteger();
    SoundMethod broken =
        new SoundMethod() {
          @Override
          protected NDArray combine(NDArray representation, NDArray gained, boolean training) {
            int seen = training ? steps.incrementAndGet() : steps.getAndSet(0);
            return representation.mul(1 + 0.1 * seen).add(gained);
          }
        };
    assertCaught(
        "the representation after loading",
        () -> KeepingChecks.savedAndLoadedItIsTheSame(subject(broken), SIZE));
  }

  @Test
  void aWrapperThatIsLeftByMergingIsCaught() {
    assertCaught(
        "merging leaves [blocks.0.attn.proj.base.bias",
        () -> KeepingChecks.mergedItIsAPlainBackbone(subject(scaling(false)), SIZE));
  }

  @Test
  void aWrapperWhoseEffectIsLostByMergingIsCaught() {
    assertCaught(
        "the representation after merging",
        () -> KeepingChecks.mergedItIsAPlainBackbone(subject(scaling(true)), SIZE));
  }

  /** Wraps a layer in one that doubles what it gives. */
  private static Rewriting scaling(boolean forgets) {
    return new Rewriting() {
      @Override
      protected void change(VisionTransformer backbone) {
        backbone.wrap("blocks.0.attn.proj", proj -> new Doubling(proj, forgets));
      }
    };
  }

  private static final class Doubling extends Part {

    private final boolean forgets;

    Doubling(Part base, boolean forgets) {
      this.forgets = forgets;
      add("base", base);
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      return part("base").forward(x, training).mul(2);
    }

    @Override
    protected Part merged(NDManager manager) {
      return forgets ? part("base") : this;
    }
  }

  @Test
  void aNumberThatAutogradKeepsInAJavaBufferIsCaught() {
    SoundMethod broken =
        combining((representation, gained) -> representation.add(gained.mul(0.1).mul(3)));
    assertCaught(
        "with garbage collected before the backward pass",
        () -> TrainingChecks.gradientsSurviveAGarbageCollection(subject(broken), SIZE));
  }

  @Test
  void normalisingOverTheBatchIsCaughtByABatchOfOne() {
    SoundMethod broken =
        combining(
            (representation, gained) -> {
              NDArray sum = representation.add(gained);
              NDArray centred = sum.sub(sum.mean(new int[] {0}, true));
              // The deviation of a sample of one, as batch norms take it, divides by nothing.
              return centred.div(centred.square().sum(new int[] {0}, true).sqrt());
            });
    assertCaught("one image alone", () -> TrainingChecks.aBatchOfOneTrains(subject(broken), SIZE));
  }

  /** Every check of the contract has a broken method above that it alone is meant for. */
  @Test
  void theContractIsWhatTheBrokenMethodsBreak() {
    assertEquals(23, Contract.PROMISES.size(), "a new promise needs a method that breaks it");
  }

  @Test
  void theSoundMethodPassesWhatTheBrokenOnesFail() {
    Subject<SoundMethod.Config> sound = subject(new SoundMethod());
    StructureChecks.mapsImagesToRepresentations(sound, SIZE);
    TrainingChecks.nothingElseChanges(sound, SIZE);
    TrainingChecks.noArraysAreLeaked(sound, SIZE);
    KeepingChecks.savedAndLoadedItIsTheSame(sound, SIZE);
  }

  private interface Combination {
    NDArray of(NDArray representation, NDArray gained);
  }

  private static SoundMethod combining(Combination combination) {
    return new SoundMethod() {
      @Override
      protected NDArray combine(NDArray representation, NDArray gained, boolean training) {
        return combination.of(representation, gained);
      }
    };
  }

  private static <C extends Record> Subject<C> subject(PeftMethod<C> method) {
    return Subject.of(method, "");
  }

  private static void assertCaught(String reason, Executable check) {
    AssertionError error = assertThrows(AssertionError.class, check);
    assertTrue(String.valueOf(error.getMessage()).contains(reason), error::getMessage);
  }
}
