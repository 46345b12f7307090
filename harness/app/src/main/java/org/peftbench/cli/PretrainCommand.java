package org.peftbench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.child.Child;
import org.peftbench.child.JobFailedException;
import org.peftbench.file.FolderLock;
import org.peftbench.image.Normalization;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.ViTConfig;
import org.peftbench.pretrain.ModelCard;
import org.peftbench.pretrain.PretrainOrder;
import org.peftbench.pretrain.PretrainingImages;
import org.peftbench.pretrain.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench pretrain}. */
@Command(
    name = "pretrain",
    description =
        "Pretrain a backbone by supervised classification, on a rendered world of 252 made-up"
            + " classes or on your own images.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Writes weights.safetensors in timm's layout, head included, and model-card.json and",
      "model-card.md into --out. Give the same command again after an interruption: it goes",
      "on from the last checkpoint. Use the weights with",
      "  bench run --backbone NAME --weights DIR/weights.safetensors --normalize inception ..."
    })
final class PretrainCommand extends Printing implements Callable<Integer> {

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      defaultValue = ViTConfig.POCKET,
      description = "size and patch (default: ${DEFAULT-VALUE}); see bench list backbones")
  String backbone = "";

  @Option(
      names = "--data",
      paramLabel = "world|DIR",
      defaultValue = WORLD,
      description = "world, or a folder with a folder of images for each class (default: world)")
  String data = "";

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description = "side of the images (default: the world's 64; the backbone's for a folder)")
  @Nullable Integer imageSize;

  @Option(
      names = "--pool",
      paramLabel = "cls|mean",
      defaultValue = "cls",
      description = "how final tokens become a representation (default: ${DEFAULT-VALUE})")
  String pool = "";

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "800000",
      description = "training images seen in all, repeats included (default: ${DEFAULT-VALUE})")
  long images;

  @Option(
      names = "--warmup-images",
      paramLabel = "N",
      description = "images while the learning rate rises (default: a twentieth of --images)")
  @Nullable Long warmupImages;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "images a step (default: ${DEFAULT-VALUE})")
  int batchSize;

  @Option(
      names = "--lr",
      paramLabel = "X",
      defaultValue = "0.001",
      description = "peak learning rate of AdamW (default: ${DEFAULT-VALUE})")
  double lr;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      defaultValue = "0.05",
      description = "decoupled weight decay (default: ${DEFAULT-VALUE})")
  double weightDecay;

  @Option(
      names = "--normalize",
      paramLabel = "imagenet|inception|none",
      defaultValue = "inception",
      description = "of the pixels (default: ${DEFAULT-VALUE})")
  String normalize = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "decides first values and the order of images (default: ${DEFAULT-VALUE})")
  long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "folder of checkpoint, weights and model card")
  Path out = Path.of("");

  @Option(names = "--float16", description = "write the weights in float16, at half the size")
  boolean float16;

  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "time between two checkpoints (default: ${DEFAULT-VALUE})")
  int checkpointSeconds;

  @Mixin final ComputeOptions compute = new ComputeOptions();

  private static final String WORLD = "world";

  @Override
  public Integer call() throws IOException, InterruptedException, JobFailedException {
    Recipe recipe = recipe();
    int engineThreads = compute.threads();
    Device device = compute.device();
    FolderLock lock = FolderLock.take(out);
    try (ProgressDisplay display = ProgressDisplay.on(err())) {
      Order.Pretrain order =
          new Order.Pretrain(
              new PretrainOrder(
                  recipe, out.toAbsolutePath().toString(), checkpointSeconds, float16, device));
      ModelCard card =
          Child.run(order, engineThreads, Message.Pretrained.class, display.hearing("pretrain"))
              .card();
      display.clear();
      say(card);
      return 0;
    } finally {
      lock.close();
    }
  }

  private void say(ModelCard card) {
    printf(
        "%s  sha256 %s%n%d of %d held-out images right (%.2f %%), after %.0f s of training%n",
        out.resolve(card.weights()),
        card.sha256(),
        card.heldOutCorrect(),
        card.heldOutImages(),
        card.accuracy(),
        card.trainingSeconds());
  }

  private Recipe recipe() {
    Normalization normalization = NetworkOptions.normalization(normalize);
    ViTConfig.Pooling pooling = Backbones.pooling(pool);
    boolean world = data.equals(WORLD);
    ViTConfig config = Backbones.named(backbone);
    int side =
        imageSize != null ? imageSize : world ? PretrainingImages.WORLD_SIZE : config.imageSize();
    Backbones.sized(config, side);
    Optional<String> folder =
        world ? Optional.empty() : Optional.of(Path.of(data).toAbsolutePath().toString());
    PretrainingImages from = PretrainingImages.open(folder, side, seed);
    long warmup = warmupImages == null ? images / 20 : warmupImages;
    if (batchSize < 1 || images < batchSize || warmup < 0 || warmup > images) {
      throw new WrongInputException(
          "--batch-size is at least 1, --images at least --batch-size, and --warmup-images between"
              + " 0 and --images");
    }
    if (!(lr > 0)
        || !(weightDecay >= 0)
        || Double.isInfinite(lr)
        || Double.isInfinite(weightDecay)) {
      throw new WrongInputException("--lr is above 0, --weight-decay at least 0");
    }
    if (seed < 0 || seed > Integer.MAX_VALUE || checkpointSeconds < 1) {
      throw new WrongInputException(
          "--seed is 0 to " + Integer.MAX_VALUE + ", --checkpoint-seconds at least 1");
    }
    from.check();
    return new Recipe(
        backbone,
        pooling,
        side,
        folder,
        from.classes(),
        normalization,
        images,
        warmup,
        batchSize,
        lr,
        weightDecay,
        seed);
  }
}
