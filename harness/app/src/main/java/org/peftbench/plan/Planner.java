package org.peftbench.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Cell;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Features;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Rate;
import org.peftbench.cell.Split;
import org.peftbench.file.Folders;
import org.peftbench.link.Blueprint;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.result.Failure;
import org.peftbench.task.ListName;
import org.peftbench.task.TaskFolder;
import org.peftbench.wire.CloudAccess;

/**
 * Turns a request into cells to run. Everything that can be wrong is found here, before any cell
 * starts.
 */
public final class Planner {

  /** Frames of a clip that a backbone sees where nothing is said. */
  private static final int USUAL_FRAMES = 8;

  /** The backbone of VTAB's published tables. */
  public static final String DEFAULT_BACKBONE = "vit-b16";

  private final Methods methods;
  private final Folders folders;
  private final TaskFinder tasks;

  /**
   * A planner.
   *
   * @param methods the methods
   * @param folders where downloaded weights are
   * @param tasks finds the tasks' folders
   */
  public Planner(Methods methods, Folders folders, TaskFinder tasks) {
    this.methods = methods;
    this.folders = folders;
    this.tasks = tasks;
  }

  /**
   * A task with what is run on it.
   *
   * @param frames of each of its clips; 1 if it has images
   */
  private record PlannedTask(
      TaskFolder folder, int frames, String fingerprint, List<Candidate> candidates) {}

  /** What all cells of a request share. */
  private record Common(
      RunRequest request,
      Profile profile,
      ViTConfig config,
      WeightSource weights,
      BackboneChoice backbone,
      Protocol protocol,
      Residence residence,
      Path featureFolder) {}

  /**
   * Resolves every name of a request and checks every file it needs.
   *
   * @param featureFolder where cached features are kept
   * @throws WrongInputException if anything is unknown, missing, damaged or does not fit
   */
  public Plan plan(RunRequest request, Path featureFolder) {
    return plan(request, methods.asked(request.selection().methods()), featureFolder);
  }

  /**
   * Does the same for methods that are told otherwise than the request does.
   *
   * @param asked the methods, in the order in which they run
   * @param featureFolder where cached features are kept
   * @throws WrongInputException if anything is unknown, missing, damaged or does not fit
   */
  public Plan plan(RunRequest given, List<Asked> asked, Path featureFolder) {
    RunRequest request =
        given
            .cloud()
            .map(cloud -> CloudRules.settled(given, cloud, folders.weights()))
            .orElse(given);
    RunRequest.Selection selection = request.selection();
    boolean pocket = TaskFinder.isRendered(selection.tasks());
    Profile profile =
        Profiles.named(
            request.overrides().profile().orElse(pocket ? Profiles.POCKET : Profiles.DEFAULT));
    String name = request.network().backbone().orElse(pocket ? ViTConfig.POCKET : DEFAULT_BACKBONE);
    ViTConfig config = config(request.network(), name);
    Map<Integer, List<Candidate>> alike = new HashMap<>();
    if (!Asked.differByTask(asked)) {
      alike.put(1, methods.candidates(asked, config, Optional.empty()));
    }
    WeightSource weights =
        request
            .cloud()
            .map(cloud -> WeightSource.of(cloud.info()))
            .orElseGet(
                () ->
                    WeightSource.find(
                        request.network().weights(), name, config, folders.weights()));
    BackboneChoice backbone =
        new BackboneChoice(
            name, weights.name(), weights.sha256(), config.imageSize(), config.pooling());
    Protocol protocol = ProtocolRules.protocol(request, profile, weights);
    requireSeeds(selection.seeds());
    requireBatch(protocol.batchSize(), config);
    List<String> notes = new ArrayList<>(methods.troubles());
    notes.addAll(weights.notes());
    ListName[] lists = lists(request.judging().evaluate());
    List<PlannedTask> planned = new ArrayList<>();
    for (TaskFolder found : tasks.find(selection.tasks(), selection.data())) {
      int frames = frames(found, lists, request, protocol, config);
      TaskFolder folder = found.withFrames(frames);
      folder.check(lists);
      Optional<String> task = Optional.of(folder.task().name());
      ViTConfig seeing = config.withFrames(frames);
      planned.add(
          new PlannedTask(
              folder,
              frames,
              folder.fingerprint(lists),
              Asked.differByTask(asked)
                  ? methods.candidates(asked, seeing, task)
                  : alike.computeIfAbsent(
                      frames, any -> methods.candidates(asked, seeing, Optional.empty()))));
      notes.addAll(folder.notes());
      request
          .cloud()
          .flatMap(cloud -> smallerBatches(cloud, protocol.forClips(frames)))
          .ifPresent(notes::add);
    }
    requireClips(planned, lists, request.network().frames());
    planned.forEach(task -> ChosenRates.requireAlone(task.candidates(), request.overrides()));
    planned.forEach(task -> notes.addAll(WideRanks.notes(task.candidates(), config)));
    methods.close(); // nothing of a jar runs beside what is measured
    Residence residence =
        new Residence(
            request.use().memory(),
            request.use().bytes(),
            config,
            protocol.precision(),
            weights.file().isPresent());
    Common common =
        new Common(request, profile, config, weights, backbone, protocol, residence, featureFolder);
    List<PlannedCell> cells = new ArrayList<>();
    // Methods alternate within a task and seed, so that a machine's drift meets them all alike.
    for (long seed : selection.seeds()) {
      for (PlannedTask task : planned) {
        task.candidates().forEach(candidate -> cells.add(cell(common, task, candidate, seed)));
      }
    }
    for (PlannedTask task : planned) {
      notes.addAll(ChosenRates.notes(task.candidates(), cells.get(0).cell()));
    }
    return new Plan(cells, notes.stream().distinct().toList());
  }

  /** Frames of each clip of a task; 1 if it has images. */
  private static int frames(
      TaskFolder folder,
      ListName[] lists,
      RunRequest request,
      Protocol protocol,
      ViTConfig config) {
    if (!folder.hasClips(lists)) {
      return 1;
    }
    int frames = request.network().frames().orElse(USUAL_FRAMES);
    if (frames < 1) {
      throw new WrongInputException("--frames " + frames + " is not possible; at least 1");
    }
    int batch = protocol.batchSize();
    if ((long) batch * frames > config.largestBatch()) {
      throw new WrongInputException(
          "--batch-size %d is not possible with %d frames of %d pixels; at most %d"
              .formatted(batch, frames, config.imageSize(), config.largestBatch() / frames));
    }
    return frames;
  }

  private static void requireClips(
      List<PlannedTask> planned, ListName[] lists, Optional<Integer> frames) {
    if (frames.isPresent() && planned.stream().noneMatch(task -> task.folder().hasClips(lists))) {
      throw new WrongInputException("--frames is for tasks with clips, and these have images");
    }
  }

  /** Sums of other batches may be rounded otherwise. */
  private static Optional<String> smallerBatches(CloudAccess cloud, Protocol protocol) {
    int most = cloud.info().limits().batch();
    return most >= protocol.batchImages()
        ? Optional.empty()
        : Optional.of(
            "the cloud runs its backbone on %d images at most, not on batches of %d: last bits of features may differ from those of one process"
                .formatted(most, protocol.batchImages()));
  }

  private PlannedCell cell(Common common, PlannedTask task, Candidate candidate, long seed) {
    Protocol protocol = common.protocol().forClips(task.frames());
    Cell cell =
        new Cell(
            candidate.choice(),
            task.folder().task().name(),
            task.fingerprint(),
            seed,
            common.backbone(),
            protocol.forMethod(
                candidate.rate().orElseGet(() -> rate(common, candidate.choice())),
                candidate
                    .facts()
                    .map(method -> features(common.request(), method, common.config()))
                    .orElse(Features.LIVE),
                candidate
                    .facts()
                    .filter(method -> common.request().cloud().isEmpty())
                    .map(common.residence()::of)
                    .orElse(BackboneMemory.RESIDENT)),
            common.request().device());
    Blueprint network =
        new Blueprint(
            cell,
            task.folder().task().classes(),
            common.weights().file().map(Path::toString),
            methods.jar(candidate.choice()));
    return new PlannedCell(
        network,
        task.folder().data().toAbsolutePath().toString(),
        common.featureFolder().toAbsolutePath().toString(),
        common.request().cloud().map(cloud -> remote(cloud, common, task, candidate)),
        candidate.facts().map(MethodFacts::taps).orElse(List.of()),
        Optional.empty(),
        candidate.facts().map(method -> expected(common, task, method)),
        hopeless(common, candidate));
  }

  private static Expected expected(Common common, PlannedTask task, MethodFacts method) {
    ListName[] lists = lists(common.protocol().evaluate());
    return Expected.of(
        task.folder().clips(lists[0]).size(),
        task.folder().clips(lists[1]).size(),
        method,
        common.config().withFrames(task.frames()),
        task.folder().task().classes());
  }

  private static Optional<Failure> hopeless(Common common, Candidate candidate) {
    if (candidate.facts().isEmpty()) {
      return candidate.trouble().map(why -> new Failure(Failure.Reason.PLUGIN, why, List.of()));
    }
    return common.request().cloud().isPresent()
        ? Optional.empty()
        : common
            .residence()
            .tooLarge(candidate.required())
            .map(why -> new Failure(Failure.Reason.OUT_OF_MEMORY, why, List.of()));
  }

  private static PlannedCell.Remote remote(
      CloudAccess cloud, Common common, PlannedTask task, Candidate candidate) {
    List<Tap> taps = candidate.facts().map(MethodFacts::taps).orElse(List.of());
    if (candidate.facts().isPresent() && taps.isEmpty()) {
      throw new WrongInputException(
          candidate.choice().label()
              + " changes its backbone, and that is in the cloud: only side methods run on an edge");
    }
    ListName[] lists = lists(common.protocol().evaluate());
    long trained = task.folder().clips(lists[0]).size();
    long judged =
        Math.min(
            task.folder().clips(lists[1]).size(),
            common.protocol().limitTest().orElse(Integer.MAX_VALUE));
    return new PlannedCell.Remote(
        cloud, (trained + judged) * task.frames() * cloud.type().bytes(taps, common.config()));
  }

  private static Rate rate(Common common, MethodChoice method) {
    boolean ownDecay = common.request().overrides().weightDecay().isEmpty();
    return common.profile().rate(method.id(), common.protocol(), ownDecay);
  }

  static ViTConfig config(RunRequest.Network network, String backbone) {
    try {
      ViTConfig config =
          ViTConfig.named(backbone).withPooling(network.pooling().orElse(ViTConfig.Pooling.CLS));
      return network.imageSize().map(config::withImageSize).orElse(config);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e);
    }
  }

  /** The engine's own generator takes no more; two seeds must never mean the same numbers. */
  private static void requireSeeds(List<Long> seeds) {
    if (seeds.isEmpty()) {
      throw new WrongInputException("--seeds has none; expected, for example, 0,1,2");
    }
    for (long seed : seeds) {
      if (seed < 0 || seed > Integer.MAX_VALUE) {
        throw new WrongInputException(
            "--seeds " + seed + " is not possible; 0 to " + Integer.MAX_VALUE);
      }
    }
  }

  /**
   * Checks that a batch fits into the buffers that hold it.
   *
   * @throws WrongInputException if not
   */
  public static void requireBatch(int batchSize, ViTConfig config) {
    if (batchSize > config.largestBatch()) {
      throw new WrongInputException(
          "--batch-size %d is not possible at %d pixels; at most %d"
              .formatted(batchSize, config.imageSize(), config.largestBatch()));
    }
  }

  /**
   * Checks that a device has an arithmetic.
   *
   * @throws WrongInputException if not
   */
  public static Precision possible(Precision precision, DeviceType device) {
    if (precision == Precision.TF32 && device != DeviceType.CUDA) {
      throw new WrongInputException(
          "--precision tf32 is an arithmetic of GPUs; on the CPU there are float32, bfloat16 and"
              + " mixed");
    }
    return precision;
  }

  private static ListName[] lists(Split evaluate) {
    return evaluate == Split.TEST
        ? new ListName[] {ListName.TRAIN800VAL200, ListName.TEST}
        : new ListName[] {ListName.TRAIN800, ListName.VAL200};
  }

  /**
   * Where a method's inputs come from. Left to itself, a side method caches if its taps are smaller
   * than the image they come from: then caching can only help.
   */
  private static Features features(RunRequest request, MethodFacts method, ViTConfig config) {
    if (method.taps().isEmpty()) {
      return Features.LIVE;
    }
    long tapBytes = Tap.transferBytes(method.taps(), config);
    long imageBytes = (long) config.channels() * config.imageSize() * config.imageSize();
    return request
        .use()
        .features()
        .orElse(tapBytes <= imageBytes ? Features.CACHED : Features.LIVE);
  }
}
