package org.peftbench.testkit;

import static org.peftbench.testkit.Promise.declared;
import static org.peftbench.testkit.Promise.onEverySize;
import static org.peftbench.testkit.Promise.onOneSize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peftbench.spi.Hyperparameters;
import org.peftbench.spi.PeftMethod;

/** The promises that every method makes. */
public final class Contract {

  /** The promises, the cheap ones first. */
  public static final List<Promise> PROMISES =
      List.of(
          declared("its id is kebab-case", DeclarationChecks::idIsKebabCase),
          declared("it describes itself", DeclarationChecks::describesItself),
          declared("it is found once", DeclarationChecks::isFoundOnce),
          declared(
              "every hyper-parameter has a default in range",
              DeclarationChecks::everyHyperparameterHasADefaultInRange),
          declared("its presets fit", DeclarationChecks::presetsFit),
          onEverySize("its count matches its formula", StructureChecks::countMatchesTheFormula),
          onEverySize(
              "it maps images to representations", StructureChecks::mapsImagesToRepresentations),
          onEverySize("images are independent", StructureChecks::imagesAreIndependent),
          onEverySize("it starts as declared", StructureChecks::startsAsDeclared),
          onOneSize("it maps clips to representations", ClipChecks::mapsClipsToRepresentations),
          onOneSize("it trains on clips", ClipChecks::trainsOnClips),
          onEverySize(
              "gradients reach every trained parameter",
              TrainingChecks::gradientsReachEveryTrainedParameter),
          onEverySize("nothing else changes", TrainingChecks::nothingElseChanges),
          onEverySize("inputs stay as they are", TrainingChecks::inputsStayAsTheyAre),
          onEverySize("a batch of one trains", TrainingChecks::aBatchOfOneTrains),
          onEverySize("same seed, same losses", TrainingChecks::sameSeedGivesTheSameLosses),
          onEverySize("another seed, other losses", TrainingChecks::anotherSeedGivesOtherLosses),
          onEverySize(
              "gradients survive a garbage collection",
              TrainingChecks::gradientsSurviveAGarbageCollection),
          onOneSize("no arrays are leaked", TrainingChecks::noArraysAreLeaked),
          onEverySize("evaluation is deterministic", EvaluationChecks::evaluationIsDeterministic),
          onEverySize(
              "no graph outside a training step", EvaluationChecks::noGraphOutsideATrainingStep),
          onEverySize("saved and loaded it is the same", KeepingChecks::savedAndLoadedItIsTheSame),
          onEverySize(
              "merged it is a plain backbone, if it says so",
              KeepingChecks::mergedItIsAPlainBackbone));

  private Contract() {}

  /**
   * Chooses what a method is tested with where nobody has: its defaults, and each other value of
   * every option whose values can be listed.
   *
   * @return by name: {@code defaults}, {@code bias=true}
   */
  public static <C extends Record> Map<String, Subject<C>> subjects(PeftMethod<C> method) {
    Map<String, Subject<C>> subjects = new LinkedHashMap<>();
    Variants.of(Hyperparameters.of(method))
        .forEach((name, config) -> subjects.put(name, new Subject<>(method, config)));
    return subjects;
  }
}
