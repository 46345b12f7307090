package org.peftbench.plan;

import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Features;
import org.peftbench.cell.Protocol;
import org.peftbench.model.Precision;

/** Makes a protocol of a profile and of what a user wants to differ from it. */
final class ProtocolRules {

  private ProtocolRules() {}

  /** A record has a loss of each, and must not become longer than what is read again. */
  private static final int MOST_EPOCHS = 100_000;

  /**
   * The protocol that all methods of a request share; each has its own source of features, and may
   * have a learning rate of its own.
   *
   * @throws WrongInputException if a value is not possible, or the normalisation is not known
   */
  static Protocol protocol(RunRequest request, Profile profile, WeightSource weights) {
    RunRequest.Overrides given = request.overrides();
    int epochs = atLeast("--epochs", given.epochs().orElse(profile.epochs()), 1);
    if (epochs > MOST_EPOCHS) {
      throw new WrongInputException(
          "--epochs " + epochs + " is not possible; at most " + MOST_EPOCHS);
    }
    int warmup = given.warmupEpochs().orElse(warmup(profile, epochs));
    atLeast("--warmup-epochs", warmup, 0);
    if (warmup >= epochs) {
      throw new WrongInputException(
          "--warmup-epochs " + warmup + " leaves nothing of " + epochs + " epochs");
    }
    return new Protocol(
        profile.name(),
        epochs,
        warmup,
        atLeast("--batch-size", given.batchSize().orElse(profile.batchSize()), 1),
        positive("--lr", given.lr().orElse(profile.lr())),
        given.lr().isEmpty() && profile.hasOwnLrs(),
        given.lr().isPresent(),
        notNegative("--weight-decay", given.weightDecay().orElse(profile.weightDecay())),
        Optional.empty(),
        precision(request, given.precision().orElse(profile.precision())),
        given.interpolation().orElse(profile.interpolation()),
        weights.normalization(given.normalize().or(profile::normalize)),
        Features.LIVE,
        BackboneMemory.RESIDENT,
        1,
        request.judging().evaluate(),
        request.judging().limitTest().map(limit -> atLeast("--limit-test", limit, 1)));
  }

  /** A cloud's backbone runs on the cloud's device. */
  private static Precision precision(RunRequest request, Precision wanted) {
    return request.cloud().isPresent() ? wanted : Planner.possible(wanted, request.device());
  }

  /**
   * A short run keeps the profile's share of warm-up, but at least one epoch of it where there is
   * room: at full learning rate from the first step, methods that change the backbone ruin it.
   */
  private static int warmup(Profile profile, int epochs) {
    if (profile.warmupEpochs() == 0 || epochs == 1) {
      return 0;
    }
    int share = (int) ((long) epochs * profile.warmupEpochs() / profile.epochs());
    return Math.min(profile.warmupEpochs(), Math.max(1, share));
  }

  private static int atLeast(String option, int value, int least) {
    if (value < least) {
      throw new WrongInputException(option + " " + value + " is not possible; at least " + least);
    }
    return value;
  }

  private static double positive(String option, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new WrongInputException(option + " " + value + " is not a positive number");
    }
    return value;
  }

  private static double notNegative(String option, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new WrongInputException(option + " " + value + " is not a number from 0 on");
    }
    return value;
  }
}
