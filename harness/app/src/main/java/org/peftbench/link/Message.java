package org.peftbench.link;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peftbench.cell.Phase;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.pretrain.ModelCard;
import org.peftbench.result.Bounded;
import org.peftbench.result.EngineBuild;
import org.peftbench.result.Failure;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Streamed;
import org.peftbench.video.FramesOf;

/** What a child tells its parent, one JSON object a line. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Message.Leaving.class, name = "leaving"),
  @JsonSubTypes.Type(value = Message.Entering.class, name = "entering"),
  @JsonSubTypes.Type(value = Message.Reused.class, name = "reused"),
  @JsonSubTypes.Type(value = Message.Read.class, name = "read"),
  @JsonSubTypes.Type(value = Message.Resumed.class, name = "resumed"),
  @JsonSubTypes.Type(value = Message.Spared.class, name = "spared"),
  @JsonSubTypes.Type(value = Message.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = Message.Engine.class, name = "engine"),
  @JsonSubTypes.Type(value = Message.Done.class, name = "done"),
  @JsonSubTypes.Type(value = Message.Pretrained.class, name = "pretrained"),
  @JsonSubTypes.Type(value = Message.Judged.class, name = "judged"),
  @JsonSubTypes.Type(value = Message.Merged.class, name = "merged"),
  @JsonSubTypes.Type(value = Message.Stepped.class, name = "stepped"),
  @JsonSubTypes.Type(value = Message.Verified.class, name = "verified"),
  @JsonSubTypes.Type(value = Message.TapsOpen.class, name = "taps-open"),
  @JsonSubTypes.Type(value = Message.TapsRead.class, name = "taps-read"),
  @JsonSubTypes.Type(value = Message.TapsRefused.class, name = "taps-refused"),
  @JsonSubTypes.Type(value = Message.FramesWritten.class, name = "frames-written"),
  @JsonSubTypes.Type(value = Message.FramesRefused.class, name = "frames-refused"),
  @JsonSubTypes.Type(value = Message.EngineWorks.class, name = "engine-works"),
  @JsonSubTypes.Type(value = Message.EngineFetched.class, name = "engine-fetched"),
  @JsonSubTypes.Type(value = Message.Described.class, name = "described"),
  @JsonSubTypes.Type(value = Message.Bound.class, name = "bound"),
  @JsonSubTypes.Type(value = Message.Promised.class, name = "promised"),
  @JsonSubTypes.Type(value = Message.Tested.class, name = "tested"),
  @JsonSubTypes.Type(value = Message.Failed.class, name = "failed")
})
public sealed interface Message {

  /**
   * A phase ends; the child waits for a line back, which is the phase's cost, and then gives back
   * what it does not need any more.
   */
  record Leaving() implements Message {}

  /**
   * A phase begins; the child waits for {@link Order.GoOn}.
   *
   * @param phase that begins
   */
  record Entering(Phase phase) implements Message {}

  /**
   * A phase was spared because its result was there; the record shows what it cost then.
   *
   * @param cost of the phase when it ran
   */
  record Reused(PhaseCost cost) implements Message {}

  /**
   * What the phase has read of a backbone whose blocks are not in memory.
   *
   * @param streamed since this was told last
   */
  record Read(Streamed streamed) implements Message {}

  /**
   * The phase goes on where an earlier process was; the record shows what both took.
   *
   * @param spent what the phase had cost then
   */
  record Resumed(PhaseCost spent) implements Message {}

  /**
   * A part of the phase was done before, for another cell; the record shows the phase with it.
   *
   * @param seconds it took then
   */
  record Spared(double seconds) implements Message {}

  /**
   * How far the phase is.
   *
   * @param done steps or images done
   * @param total steps or images in all
   * @param text what a person wants to know besides
   */
  record Progress(long done, long total, String text) implements Message {

    /** Cuts the text. */
    public Progress {
      text = Bounded.cut(text, Bounded.NAME);
    }
  }

  /**
   * What the child computes with.
   *
   * @param name engine and version
   * @param threads engine threads
   * @param accelerator such as {@code cuda:0}; empty on a CPU
   * @param build what the library says of itself; empty if that is not known
   */
  record Engine(String name, int threads, String accelerator, Optional<EngineBuild> build)
      implements Message {

    /** Cuts the names. */
    public Engine {
      name = Bounded.cut(name, Bounded.NAME);
      accelerator = Bounded.cut(accelerator, Bounded.NAME);
    }
  }

  /**
   * The pass came to its end.
   *
   * @param learners what became of each, in the order's order
   */
  record Done(List<Learned> learners) implements Message {

    /** Copies the list. */
    public Done {
      learners = List.copyOf(learners);
    }
  }

  /**
   * A backbone has been pretrained.
   *
   * @param card what it is and how it came about
   */
  record Pretrained(ModelCard card) implements Message {}

  /**
   * An adapter has been judged.
   *
   * @param correct images whose largest logit is their class's
   * @param images images judged
   */
  record Judged(long correct, long images) implements Message {

    /** Checks that the counts can be counts. */
    public Judged {
      if (correct < 0 || images < Math.max(1, correct)) {
        throw new IllegalArgumentException(correct + " correct of " + images + " images");
      }
    }
  }

  /**
   * An adapter has been folded into its backbone and written.
   *
   * @param tensors written
   * @param difference of logits before and after, the largest
   */
  record Merged(int tensors, double difference) implements Message {}

  /**
   * Training steps have been taken.
   *
   * @param seconds of each counted step
   * @param backboneSeconds of each, for the frozen backbone and its taps; of a method that changes
   *     its backbone nothing
   * @param learnerBytes weights, gradients and moments of a learner
   */
  record Stepped(List<Double> seconds, List<Double> backboneSeconds, long learnerBytes)
      implements Message {

    /** Copies the times. */
    public Stepped {
      seconds = List.copyOf(seconds);
      backboneSeconds = List.copyOf(backboneSeconds);
    }
  }

  /**
   * A backbone has been compared with a reference.
   *
   * @param differences the largest absolute difference of each tensor that was compared
   */
  record Verified(Map<String, Double> differences) implements Message {}

  /** A backbone is there, and its taps can be read. */
  record TapsOpen() implements Message {}

  /** What came of taps that were to be read. */
  sealed interface OfTaps extends Message {}

  /**
   * Taps have been read and written.
   *
   * @param seconds that it took, from the image files on
   */
  record TapsRead(double seconds) implements OfTaps {}

  /**
   * Taps of these images could not be read or written; those of others can.
   *
   * @param reason the kind of failure
   * @param message one line
   */
  record TapsRefused(Failure.Reason reason, String message) implements OfTaps {

    /** Cuts the message. */
    public TapsRefused {
      message = Bounded.cut(message, Bounded.LINE);
    }
  }

  /** What came of a video whose frames were wanted. */
  sealed interface OfVideo extends Message {}

  /**
   * The frames of a video have been written.
   *
   * @param what they are
   */
  record FramesWritten(FramesOf what) implements OfVideo {}

  /**
   * A video has no frames that could be written; others may have.
   *
   * @param message one line
   */
  record FramesRefused(String message) implements OfVideo {

    /** Cuts the message. */
    public FramesRefused {
      message = Bounded.cut(message, Bounded.LINE);
    }
  }

  /**
   * The engine computes.
   *
   * @param text version, threads and device
   * @param losses of the steps that it trained, in nats
   */
  record EngineWorks(String text, List<Double> losses) implements Message {

    /** Copies the losses. */
    public EngineWorks {
      losses = List.copyOf(losses);
    }
  }

  /**
   * The engine has fetched its CUDA set, and computes with it on the CPU.
   *
   * @param library the folder of its libraries
   */
  record EngineFetched(String library) implements Message {}

  /**
   * A jar's methods.
   *
   * @param methods what they say of themselves
   */
  record Described(List<MethodDescription> methods) implements Message {

    /** Copies the list. */
    public Described {
      methods = List.copyOf(methods);
    }
  }

  /**
   * A method of a jar with hyper-parameters, for a backbone.
   *
   * @param facts what it says of itself
   */
  record Bound(MethodFacts facts) implements Message {}

  /**
   * A promise of the contract has been looked at.
   *
   * @param method the method's id
   * @param options what it was tested with: {@code defaults} or {@code bias=true}
   * @param promise in words
   * @param broken how it is broken; empty if it is kept
   */
  record Promised(String method, String options, String promise, Optional<String> broken)
      implements Message {

    /** Cuts what a stranger's method says. */
    public Promised {
      method = Bounded.cut(method, Bounded.NAME);
      options = Bounded.cut(options, Bounded.NAME);
      promise = Bounded.cut(promise, Bounded.NAME);
      broken = broken.map(how -> Bounded.cut(how, Bounded.LINE));
    }
  }

  /** All promises have been looked at. */
  record Tested() implements Message {}

  /**
   * The order could not be carried out; the child ends.
   *
   * @param reason the kind of failure
   * @param message one line
   */
  record Failed(Failure.Reason reason, String message) implements Message {

    /** Cuts the message: an exception's may have any length. */
    public Failed {
      message = Bounded.cut(message, Bounded.LINE);
    }
  }
}
