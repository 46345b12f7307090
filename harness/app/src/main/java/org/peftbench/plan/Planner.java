package org.peftbench.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Device;
import org.peftbench.cell.Features;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Split;
import org.peftbench.image.Interpolation;
import org.peftbench.link.Blueprint;
import org.peftbench.link.Order;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.MethodBinding;
import org.peftbench.task.ListName;
import org.peftbench.task.Normalization;
import org.peftbench.task.TaskFolder;

/**
 * Turns a request into work orders. Everything that can be wrong is found here, before any cell
 * starts.
 */
public final class Planner {

  /** The backbone of VTAB's published tables. */
  public static final String DEFAULT_BACKBONE = "vit-b16";

  private final Methods methods;
  private final Path weightFolder;
  private final TaskFinder tasks;

  /**
   * A planner.
   *
   * @param methods the methods
   * @param weightFolder where downloaded weights are
   * @param tasks finds the tasks' folders
   */
  public Planner(Methods methods, Path weightFolder, TaskFinder tasks) {
    this.methods = methods;
    this.weightFolder = weightFolder;
    this.tasks = tasks;
  }

  /**
   * Resolves every name of a request and checks every file it needs.
   *
   * @param featureFolder where cached features are kept
   * @throws WrongInputException if anything is unknown, missing, damaged or does not fit
   */
  public Plan plan(RunRequest request, Path featureFolder) {
    boolean pocket = TaskFinder.isPocket(request.tasks());
    Profile profile =
        Profiles.named(request.profile().orElse(pocket ? Profiles.POCKET : Profiles.DEFAULT));
    String name = request.backbone().orElse(pocket ? ViTConfig.POCKET : DEFAULT_BACKBONE);
    ViTConfig config = config(request, name);
    Optional<List<Candidate>> common =
        Methods.usesPresets(request.methods())
            ? Optional.empty()
            : Optional.of(methods.candidates(request.methods(), config, Optional.empty()));
    Device device = request.device();
    WeightSource weights = WeightSource.find(request.weights(), name, config, weightFolder);
    BackboneChoice backbone =
        new BackboneChoice(
            name,
            weights.name(),
            weights.sha256(),
            config.imageSize(),
            config.pooling().toString());
    Protocol protocol = protocol(request, profile, weights);
    requireSeeds(request.seeds());
    requireBatch(protocol.batchSize(), config);
    Optional<Features> features = features(request.features());
    List<TaskFolder> folders = tasks.find(request.tasks(), request.data());
    List<String> notes = new ArrayList<>(methods.troubles());
    List<String> hashes = new ArrayList<>();
    for (TaskFolder task : folders) {
      ListName[] lists = lists(request.evaluate());
      task.check(lists);
      hashes.add(task.fingerprint(lists));
      notes.addAll(task.notes());
    }
    List<List<Candidate>> candidates = new ArrayList<>();
    for (TaskFolder task : folders) {
      Optional<String> where = Optional.of(task.task().name());
      candidates.add(common.orElseGet(() -> methods.candidates(request.methods(), config, where)));
    }
    methods.close(); // nothing of a jar runs beside what is measured
    List<PlannedCell> cells = new ArrayList<>();
    // Methods alternate within a task and seed, so that a machine's drift meets them all alike.
    for (long seed : request.seeds()) {
      for (int t = 0; t < folders.size(); t++) {
        for (Candidate candidate : candidates.get(t)) {
          MethodChoice method = candidate.choice();
          Protocol own =
              protocol.forMethod(
                  protocol.ownLr() ? profile.lrOf(method.id()) : protocol.lr(),
                  candidate
                      .binding()
                      .map(binding -> features(features, binding, config))
                      .orElse(Features.LIVE));
          Cell cell =
              new Cell(
                  method, folders.get(t).task().name(), hashes.get(t), seed, backbone, own, device);
          Blueprint network =
              new Blueprint(
                  cell,
                  folders.get(t).task().classes(),
                  weights.file().map(Path::toString),
                  methods.jar(method));
          Order.RunCell order =
              new Order.RunCell(
                  network,
                  folders.get(t).data().toAbsolutePath().toString(),
                  featureFolder.toAbsolutePath().toString(),
                  Optional.empty());
          cells.add(new PlannedCell(order, candidate.trouble()));
        }
      }
    }
    return new Plan(cells, notes);
  }

  private static ViTConfig config(RunRequest request, String backbone) {
    try {
      ViTConfig config =
          ViTConfig.named(backbone).withPooling(ViTConfig.Pooling.named(request.pooling()));
      return request.imageSize().isPresent()
          ? config.withImageSize(request.imageSize().getAsInt())
          : config;
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e);
    }
  }

  /** The engine's own generator takes no more; two seeds must never mean the same numbers. */
  private static void requireSeeds(List<Long> seeds) {
    for (long seed : seeds) {
      if (seed < 0 || seed > Integer.MAX_VALUE) {
        throw new WrongInputException(
            "--seeds " + seed + " is not possible; 0 to " + Integer.MAX_VALUE);
      }
    }
  }

  /** A batch of images, or of one tap, is one buffer, and Java's end at 2 GiB. */
  private static void requireBatch(int batchSize, ViTConfig config) {
    long pixels = (long) config.channels() * config.imageSize() * config.imageSize();
    long values = Math.max(pixels, (long) config.tokens() * config.width());
    long most = Integer.MAX_VALUE / Float.BYTES / values;
    if (batchSize > most) {
      throw new WrongInputException(
          "--batch-size %d is not possible at %d pixels; at most %d"
              .formatted(batchSize, config.imageSize(), most));
    }
  }

  private static ListName[] lists(Split evaluate) {
    return evaluate == Split.TEST
        ? new ListName[] {ListName.TRAIN800VAL200, ListName.TEST}
        : new ListName[] {ListName.TRAIN800, ListName.VAL200};
  }

  private static Protocol protocol(RunRequest request, Profile profile, WeightSource weights) {
    int epochs = atLeast("--epochs", request.epochs().orElse(profile.epochs()), 1);
    int warmup = request.warmupEpochs().orElse(warmup(profile, epochs));
    atLeast("--warmup-epochs", warmup, 0);
    if (warmup >= epochs) {
      throw new WrongInputException(
          "--warmup-epochs " + warmup + " leaves nothing of " + epochs + " epochs");
    }
    String normalize =
        request
            .normalize()
            .or(profile::normalize)
            .or(weights::normalize)
            .orElseThrow(
                () ->
                    new WrongInputException(
                        "the normalisation that "
                            + weights.name()
                            + " was trained with is not known; give --normalize imagenet,"
                            + " inception or none"));
    String interpolation = request.interpolation().orElse(profile.interpolation());
    Normalization.named(normalize);
    Interpolation.named(interpolation);
    return new Protocol(
        profile.name(),
        epochs,
        warmup,
        atLeast("--batch-size", request.batchSize().orElse(profile.batchSize()), 1),
        positive("--lr", request.lr().orElse(profile.lr())),
        request.lr().isEmpty() && profile.hasOwnLrs(),
        notNegative("--weight-decay", request.weightDecay().orElse(profile.weightDecay())),
        interpolation,
        normalize,
        Features.LIVE,
        request.evaluate(),
        limit(request.limitTest()));
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

  /** The features a user asks for; empty to leave it to each method. */
  private static Optional<Features> features(String word) {
    if (word.equals("auto")) {
      return Optional.empty();
    }
    for (Features features : Features.values()) {
      if (features.toString().equals(word)) {
        return Optional.of(features);
      }
    }
    throw new WrongInputException(
        "--features " + word + " is not known; known: auto, live, cached, cached-float16");
  }

  /**
   * Where a method's inputs come from. Left to itself, a side method caches if its taps are smaller
   * than the image they come from: then caching can only help.
   */
  private static Features features(
      Optional<Features> wanted, MethodBinding method, ViTConfig config) {
    if (method.taps().isEmpty()) {
      return Features.LIVE;
    }
    if (wanted.isPresent()) {
      return wanted.get();
    }
    long tapBytes = Tap.transferBytes(method.taps(), config);
    long imageBytes = (long) config.channels() * config.imageSize() * config.imageSize();
    return tapBytes <= imageBytes ? Features.CACHED : Features.LIVE;
  }

  private static Optional<Integer> limit(OptionalInt limit) {
    return limit.isPresent()
        ? Optional.of(atLeast("--limit-test", limit.getAsInt(), 1))
        : Optional.empty();
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
