package org.peftbench.testkit;

import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.PeftMethod;

/**
 * What every method promises. Extend it in the method's tests, once for each way of configuring the
 * method that is worth testing; the method's own equations are tested beside it.
 *
 * @param <C> the method's record of hyper-parameters
 */
public abstract class PeftMethodContract<C extends Record> {

  /** The method. */
  protected abstract PeftMethod<C> method();

  /** The hyper-parameters to test with; the defaults unless overridden. */
  protected C config() {
    return Defaults.of(method().configType());
  }

  @Test
  final void idIsKebabCase() {
    DeclarationChecks.idIsKebabCase(method());
  }

  @Test
  final void describesItself() {
    DeclarationChecks.describesItself(method());
  }

  @Test
  final void isFoundOnce() {
    DeclarationChecks.isFoundOnce(method());
  }

  @Test
  final void everyHyperParameterHasADefaultInRange() {
    Defaults.of(method().configType());
  }

  @Test
  final void presetsFit() {
    DeclarationChecks.presetsFit(method());
  }

  @Test
  final void countMatchesTheFormula() {
    onEverySize(StructureChecks::countMatchesTheFormula);
  }

  @Test
  final void mapsImagesToRepresentations() {
    onEverySize(StructureChecks::mapsImagesToRepresentations);
  }

  @Test
  final void imagesAreIndependent() {
    onEverySize(StructureChecks::imagesAreIndependent);
  }

  @Test
  final void startsAsDeclared() {
    onEverySize(StructureChecks::startsAsDeclared);
  }

  @Test
  final void gradientsReachEveryTrainedParameter() {
    onEverySize(TrainingChecks::gradientsReachEveryTrainedParameter);
  }

  @Test
  final void nothingElseChanges() {
    onEverySize(TrainingChecks::nothingElseChanges);
  }

  @Test
  final void inputsStayAsTheyAre() {
    onEverySize(TrainingChecks::inputsStayAsTheyAre);
  }

  @Test
  final void sameSeedGivesTheSameLosses() {
    onEverySize(TrainingChecks::sameSeedGivesTheSameLosses);
  }

  @Test
  final void anotherSeedGivesOtherLosses() {
    onEverySize(TrainingChecks::anotherSeedGivesOtherLosses);
  }

  @Test
  final void noArraysAreLeaked() {
    onEverySize(TrainingChecks::noArraysAreLeaked);
  }

  @Test
  final void evaluationIsDeterministic() {
    onEverySize(EvaluationChecks::evaluationIsDeterministic);
  }

  @Test
  final void noGraphOutsideATrainingStep() {
    onEverySize(EvaluationChecks::noGraphOutsideATrainingStep);
  }

  @Test
  final void savedAndLoadedItIsTheSame() {
    onEverySize(KeepingChecks::savedAndLoadedItIsTheSame);
  }

  @Test
  final void mergedItIsAPlainBackbone() {
    onEverySize(KeepingChecks::mergedItIsAPlainBackbone);
  }

  private void onEverySize(BiConsumer<Subject<C>, ViTConfig> check) {
    Subject<C> subject = new Subject<>(method(), config());
    TinyModels.SIZES.forEach(size -> check.accept(subject, size));
  }
}
