package org.peftbench.link;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.Device;
import org.peftbench.cell.MethodChoice;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.PluginJar;
import org.peftbench.pretrain.PretrainOrder;
import org.peftbench.video.FrameChoice;
import org.peftbench.wire.CloudAccess;
import org.peftbench.wire.FeatureType;

/**
 * What a parent wants done, one JSON object a line; each names the {@link Message} it ends with.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Order.RunPass.class, name = "run-pass"),
  @JsonSubTypes.Type(value = Order.Judge.class, name = "judge"),
  @JsonSubTypes.Type(value = Order.Merge.class, name = "merge"),
  @JsonSubTypes.Type(value = Order.Step.class, name = "step"),
  @JsonSubTypes.Type(value = Order.Pretrain.class, name = "pretrain"),
  @JsonSubTypes.Type(value = Order.VerifyBackbone.class, name = "verify-backbone"),
  @JsonSubTypes.Type(value = Order.OpenTaps.class, name = "open-taps"),
  @JsonSubTypes.Type(value = Order.ReadTaps.class, name = "read-taps"),
  @JsonSubTypes.Type(value = Order.ExtractFrames.class, name = "extract-frames"),
  @JsonSubTypes.Type(value = Order.TryEngine.class, name = "try-engine"),
  @JsonSubTypes.Type(value = Order.FetchEngine.class, name = "fetch-engine"),
  @JsonSubTypes.Type(value = Order.DescribeJar.class, name = "describe-jar"),
  @JsonSubTypes.Type(value = Order.Bind.class, name = "bind"),
  @JsonSubTypes.Type(value = Order.TestJar.class, name = "test-jar"),
  @JsonSubTypes.Type(value = Order.GoOn.class, name = "go-on"),
  @JsonSubTypes.Type(value = Order.End.class, name = "end")
})
public sealed interface Order {

  /** The device that the child computes on. */
  default Device device() {
    return Device.CPU;
  }

  /** The largest heap of the child; 1,000 decoded images of 224 x 224 pixels are 150 MB of it. */
  default int heapMib() {
    return 4096;
  }

  /** The jar whose code the child runs, if it runs a stranger's. */
  default Optional<PluginJar> jar() {
    return Optional.empty();
  }

  /**
   * How long the child may be silent. A jar that hangs must not keep others waiting for ever; this
   * program's own code has the time that the user gives it.
   */
  default Optional<Duration> patience() {
    return jar().map(stranger -> Duration.ofMinutes(10));
  }

  /** What is done with the network of a cell. */
  sealed interface OfCell extends Order {

    /** What the network is built from. */
    Blueprint network();

    @Override
    default Optional<PluginJar> jar() {
      return network().jar();
    }
  }

  /**
   * Train and judge a cell, or several side by side on one backbone: {@link Message.Done}.
   *
   * @param members which; of several, all read the backbone and differ in method, rate and seed
   *     alone
   * @param data directory of the tasks
   * @param featureFolder where cached features are kept
   * @param cloud that runs the backbone; empty if this process does
   * @param device where to compute
   * @param gpu the GPU's model, if its driver tells; empty on a CPU
   */
  record RunPass(
      List<Member> members,
      String data,
      String featureFolder,
      Optional<CloudAccess> cloud,
      Device device,
      Optional<String> gpu)
      implements Order {

    /** Copies the members. */
    public RunPass {
      members = List.copyOf(members);
    }

    /** Of the first member, with whom all share backbone and task. */
    public Blueprint first() {
      return members.get(0).network();
    }

    @Override
    public Optional<PluginJar> jar() {
      return first().jar();
    }
  }

  /**
   * A cell of a pass.
   *
   * @param network what to train
   * @param adapter the file that gets what was trained; empty if it is not to be kept
   */
  record Member(Blueprint network, Optional<String> adapter) {}

  /**
   * Judge what a cell trained before: {@link Message.Judged}.
   *
   * @param network the cell's, with the task to judge on
   * @param data directory of the tasks
   * @param adapter the file of what was trained
   * @param device where to compute
   */
  record Judge(Blueprint network, String data, String adapter, Device device) implements OfCell {}

  /**
   * Fold what a cell trained into its backbone: {@link Message.Merged}.
   *
   * @param network the cell's
   * @param adapter the file of what was trained
   * @param file gets the merged weights
   */
  record Merge(Blueprint network, String adapter, String file) implements OfCell {}

  /**
   * Time training steps on random images, without data or weights: {@link Message.Stepped}.
   *
   * @param method the method and its hyper-parameters
   * @param backbone its sizes
   * @param batchSize images a step
   * @param steps counted steps, after warm-up
   * @param warmup steps that are not counted
   * @param precision the arithmetic
   * @param forward whether to run the adapted model without gradients instead of training it
   * @param parallel learners on one run of the backbone, of which each has first values of its own
   * @param jar the jar that the method comes from; empty for a built-in one
   * @param device where to compute
   */
  record Step(
      MethodChoice method,
      ViTConfig backbone,
      int batchSize,
      int steps,
      int warmup,
      Precision precision,
      boolean forward,
      int parallel,
      Optional<PluginJar> jar,
      Device device)
      implements Order {}

  /**
   * Pretrain a backbone: {@link Message.Pretrained}.
   *
   * @param work the recipe, and where things are
   */
  record Pretrain(PretrainOrder work) implements Order {

    @Override
    public Device device() {
      return work.device();
    }
  }

  /**
   * Compare a backbone with another program's numbers: {@link Message.Verified}.
   *
   * @param weights a weight file of any layout
   * @param reference a safetensors file with {@code input}, and {@code logits} or {@code tap_i}
   * @param config the sizes, if the weights' shapes do not show them
   */
  record VerifyBackbone(String weights, String reference, Optional<String> config)
      implements Order {}

  /**
   * Load a frozen backbone whose taps will be read: {@link Message.TapsOpen}.
   *
   * @param backbone the network
   * @param weights the weight file; empty for random weights
   * @param interpolation of the resize
   * @param normalize of the pixels
   * @param precision the arithmetic
   * @param norm a file that gets its final LayerNorm
   * @param device where to compute
   */
  record OpenTaps(
      BackboneChoice backbone,
      Optional<String> weights,
      Interpolation interpolation,
      Normalization normalize,
      Precision precision,
      String norm,
      Device device)
      implements Order {}

  /**
   * Run that backbone over some images at once, and write what is tapped: {@link Message.TapsRead}
   * or {@link Message.TapsRefused}.
   *
   * @param images their files
   * @param taps what to write of each
   * @param dtype how
   * @param shards the files that get it, which hold the images in their order
   */
  record ReadTaps(List<String> images, List<Tap> taps, FeatureType dtype, List<TapShard> shards)
      implements Order {

    /** Copies the lists. */
    public ReadTaps {
      images = List.copyOf(images);
      taps = List.copyOf(taps);
      shards = List.copyOf(shards);
    }
  }

  /**
   * A file of taps.
   *
   * @param file its path
   * @param images how many it gets
   */
  record TapShard(String file, int images) {}

  /**
   * Write frames of a video as images: {@link Message.FramesWritten} or {@link
   * Message.FramesRefused}.
   *
   * @param video its file
   * @param sha256 of that file
   * @param folder gets the images; it is not there yet
   * @param choice which frames, and how
   */
  record ExtractFrames(String video, String sha256, String folder, FrameChoice choice)
      implements Order {

    /** A frame of the largest size three times, and the encoder's. */
    @Override
    public int heapMib() {
      return 1024;
    }

    /** A decoder that a stranger's file has hung gives no sign of life. */
    @Override
    public Optional<Duration> patience() {
      return Optional.of(Duration.ofMinutes(2));
    }
  }

  /**
   * Load the engine and train a few steps: {@link Message.EngineWorks}.
   *
   * @param device where to compute
   * @param cudaLibrary the folder of the CUDA set to load, also for the CPU; empty for the one that
   *     children of this device load
   */
  record TryEngine(Device device, Optional<String> cudaLibrary) implements Order {

    /** Tries what other children of a device get. */
    public TryEngine(Device device) {
      this(device, Optional.empty());
    }

    @Override
    public Optional<Duration> patience() {
      return Optional.of(Duration.ofMinutes(5)); // CUDA may translate its kernels for a new GPU
    }
  }

  /**
   * Have the engine fetch its own CUDA set: {@link Message.EngineFetched}. No other child may fetch
   * anything.
   *
   * @param folder gets it
   */
  record FetchEngine(String folder) implements Order {}

  /** Ask a jar's methods what they are, with little memory and little time for an answer. */
  sealed interface Ask extends Order {

    @Override
    default int heapMib() {
      return 512;
    }

    /** Starting Java takes a second, PyTorch, where a method needs it, a few. */
    @Override
    default Optional<Duration> patience() {
      return Optional.of(Duration.ofSeconds(20));
    }
  }

  /**
   * What methods a jar has: {@link Message.Described}.
   *
   * @param of the jar
   */
  record DescribeJar(PluginJar of) implements Ask {}

  /**
   * What a jar's method is with hyper-parameters, for a backbone: {@link Message.Bound}.
   *
   * @param of the jar
   * @param id of the method
   * @param given hyper-parameters by name; the others have their defaults
   * @param backbone what they must fit
   */
  record Bind(PluginJar of, String id, Map<String, String> given, ViTConfig backbone)
      implements Ask {}

  /**
   * Hold a jar's methods to what every method promises: {@link Message.Tested}.
   *
   * @param of the jar
   */
  record TestJar(PluginJar of) implements Order {

    @Override
    public Optional<PluginJar> jar() {
      return Optional.of(of);
    }
  }

  /** What is to be read at a phase's beginning has been read. */
  record GoOn() implements Order {}

  /** There is nothing more to do. */
  record End() implements Order {}
}
