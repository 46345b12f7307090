package org.peftbench.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.peftbench.cell.Phase;
import org.peftbench.child.Child;
import org.peftbench.child.JobFailedException;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.measure.GpuMeters;
import org.peftbench.measure.Watch;
import org.peftbench.result.Failure;
import org.peftbench.result.GpuCost;
import org.peftbench.result.PhaseCost;

/** Training steps in a child process, whose memory is watched as a cell's is. */
public final class StepProcess {

  private final Child child;
  private final GpuAccess gpu;
  private final Watch watch;
  private final PhaseClock clock;
  private Optional<Long> residentBefore = Optional.empty();
  private Optional<Long> gpuBefore = Optional.empty();

  private StepProcess(Child child, GpuAccess gpu, Watch watch) {
    this.child = child;
    this.gpu = gpu;
    this.watch = watch;
    this.clock = new PhaseClock(watch, true);
  }

  /**
   * Has steps taken by a child of its own.
   *
   * @param threads engine threads
   * @param meters of the GPUs that this command uses
   * @throws org.peftbench.WrongInputException if something that was given is wrong
   * @throws JobFailedException if the child ended without having taken them, or its memory could
   *     not be read
   */
  public static StepCost run(Order.Step order, int threads, GpuMeters meters)
      throws IOException, InterruptedException, JobFailedException {
    try (GpuAccess gpu = GpuAccess.of(order.device(), meters);
        Child child = Child.start(order, threads, Optional.empty());
        Watch watch = Watch.of(child.process().pid(), gpu.meter())) {
      return new StepProcess(child, gpu, watch).run(order);
    } catch (IllegalArgumentException e) {
      throw implausible(String.valueOf(e.getMessage()));
    }
  }

  private static JobFailedException implausible(String objection) {
    String what = "it said what cannot be: " + objection;
    return new JobFailedException(new Failure(Failure.Reason.ERROR, what, List.of()));
  }

  private StepCost run(Order.Step order) throws InterruptedException, JobFailedException {
    Message.Stepped stepped = child.await(Message.Stepped.class, this::hear);
    if (stepped.seconds().size() != order.steps()) {
      throw implausible(stepped.seconds().size() + " steps, where there are " + order.steps());
    }
    PhaseCost steps = clock.leave();
    return new StepCost(
        order.parallel(),
        stepped.seconds(),
        stepped.backboneSeconds(),
        stepped.learnerBytes(),
        read(residentBefore),
        read(steps.peakResidentBytes()),
        gpuBefore,
        steps.gpu().flatMap(GpuCost::peakProcessBytes),
        Stream.of(gpu.trouble(), watch.taints()).flatMap(List::stream).toList());
  }

  private static long read(Optional<Long> residentBytes) throws JobFailedException {
    if (residentBytes.isEmpty()) {
      String why = "the memory of its process could not be read";
      throw new JobFailedException(new Failure(Failure.Reason.ERROR, why, List.of()));
    }
    return residentBytes.get();
  }

  private void hear(Message message) {
    if (message instanceof Message.Leaving) {
      child.answer(clock.leave());
    } else if (message instanceof Message.Entering entering) {
      clock.enter(entering.phase());
      if (entering.phase() == Phase.TRAIN) {
        residentBefore = watch.residentBytes();
        gpuBefore = watch.gpuBytes();
      }
      child.say(new Order.GoOn());
    }
  }
}
