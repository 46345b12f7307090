package org.peftbench.worker;

import ai.djl.engine.EngineException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.edge.CloudException;
import org.peftbench.edge.UnreachableException;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.plugin.PluginJar;
import org.peftbench.result.Failure;
import org.peftbench.train.DivergedException;

/** Main class of every child: carries out its parent's orders until there are no more. */
public final class Worker {

  private static final System.Logger LOG = System.getLogger(Worker.class.getName());

  private final Parent parent;
  private @Nullable JarProbe probe;
  private @Nullable TapServer taps;

  private Worker(Parent parent) {
    this.parent = parent;
  }

  /** Reads orders from standard input; messages, and nothing else, go to standard output. */
  public static void main(String[] args) {
    PrintStream messages =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err); // whatever else prints goes to the log
    Parent parent = new Parent(System.in, messages);
    try {
      Orphans.adopt();
      Worker worker = new Worker(parent);
      for (Order order = parent.order(); !(order instanceof Order.End); order = parent.order()) {
        parent.send(worker.carryOut(order));
      }
    } catch (RuntimeException | Error e) {
      // Whatever a method does is its cell's result, not the harness's end; the log has the trace.
      LOG.log(System.Logger.Level.ERROR, "the work failed", e);
      parent.send(new Message.Failed(reason(e), message(e)));
    }
    // Plugins may have left threads behind; they do not keep a finished cell alive.
    Departure.now();
  }

  private Message carryOut(Order order) {
    if (order instanceof Order.RunPass pass) {
      return new PassRun(pass, parent).run();
    } else if (order instanceof Order.Judge judge) {
      return AdapterJudge.run(judge, parent);
    } else if (order instanceof Order.Merge merge) {
      return AdapterMerge.run(merge);
    } else if (order instanceof Order.Step step) {
      return StepTrial.run(step, parent);
    } else if (order instanceof Order.Pretrain pretrain) {
      return new PretrainRun(pretrain.work(), parent).run();
    } else if (order instanceof Order.VerifyBackbone verify) {
      return BackboneCheck.run(verify);
    } else if (order instanceof Order.OpenTaps open) {
      taps = TapServer.open(open, parent);
      return new Message.TapsOpen();
    } else if (order instanceof Order.ReadTaps read) {
      return Objects.requireNonNull(taps, "no backbone is open").read(read);
    } else if (order instanceof Order.ExtractFrames frames) {
      return FrameExtraction.run(frames, parent);
    } else if (order instanceof Order.TryEngine engine) {
      return EngineTrial.run(engine.device());
    } else if (order instanceof Order.FetchEngine) {
      return EngineTrial.fetch();
    } else if (order instanceof Order.DescribeJar jar) {
      return probe(jar.of()).describe();
    } else if (order instanceof Order.Bind bind) {
      return probe(bind.of()).bind(bind);
    } else if (order instanceof Order.TestJar test) {
      return ContractTrial.run(test.of(), parent);
    }
    throw new IllegalStateException("nobody carries out " + order);
  }

  /** A child that is asked of a jar is asked of no other. */
  private JarProbe probe(PluginJar jar) {
    if (probe == null) {
      probe = new JarProbe(jar);
    }
    return probe;
  }

  static Failure.Reason reason(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CloudException) {
        return cause instanceof UnreachableException
            ? Failure.Reason.UNREACHABLE
            : Failure.Reason.ERROR;
      }
      if (cause instanceof WrongInputException) {
        // No user gave what a jar's code refuses in this program's words.
        return PluginJar.threw(cause) ? Failure.Reason.PLUGIN : Failure.Reason.WRONG_INPUT;
      }
      if (cause instanceof DivergedException) {
        return Failure.Reason.DIVERGED;
      }
      if (cause instanceof OutOfMemoryError
          || (cause instanceof EngineException && saysOutOfMemory(cause.getMessage()))) {
        return Failure.Reason.OUT_OF_MEMORY;
      }
    }
    return Failure.Reason.ERROR;
  }

  // PyTorch has one exception type; its allocators are told apart by their words.
  private static boolean saysOutOfMemory(@Nullable String message) {
    String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
    return text.contains("out of memory")
        || text.contains("not enough memory")
        || text.contains("can't allocate memory");
  }

  static String message(Throwable thrown) {
    String text = thrown.getMessage();
    String first =
        text == null || text.isBlank() ? "no message" : text.lines().findFirst().orElse("");
    boolean speaks =
        thrown instanceof WrongInputException
            || thrown instanceof DivergedException
            || thrown instanceof CloudException;
    String what = speaks ? first : thrown.getClass().getSimpleName() + ": " + first;
    return what + AddressSpace.wordsOn(thrown);
  }
}
