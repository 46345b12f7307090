package org.peftbench.report;

import static org.peftbench.report.MetricGroup.COST;
import static org.peftbench.report.MetricGroup.ENERGY;
import static org.peftbench.report.MetricGroup.FILES;
import static org.peftbench.report.MetricGroup.INFERENCE;
import static org.peftbench.report.MetricGroup.MEMORY;
import static org.peftbench.report.MetricGroup.SHARED;
import static org.peftbench.report.MetricGroup.STREAM;
import static org.peftbench.report.MetricGroup.TIME;
import static org.peftbench.report.Reading.flops;
import static org.peftbench.report.Reading.gpu;
import static org.peftbench.report.Reading.imageBytes;
import static org.peftbench.report.Reading.inference;
import static org.peftbench.report.Reading.latency;
import static org.peftbench.report.Reading.ledger;
import static org.peftbench.report.Reading.outcome;
import static org.peftbench.report.Reading.pass;
import static org.peftbench.report.Reading.peakBytes;
import static org.peftbench.report.Reading.read;
import static org.peftbench.report.Reading.residentBytes;
import static org.peftbench.report.Reading.seconds;
import static org.peftbench.report.Reading.steps;
import static org.peftbench.report.Reading.streamed;
import static org.peftbench.report.Reading.traffic;
import static org.peftbench.report.Reading.wireBytes;
import static org.peftbench.report.Summary.AT_LARGEST_PEAK;
import static org.peftbench.report.Summary.LARGEST_ABOVE_ZERO;
import static org.peftbench.report.Unit.GIB;
import static org.peftbench.report.Unit.MIB;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.peftbench.cell.Phase;
import org.peftbench.result.EdgeUse.Latency;
import org.peftbench.result.EdgeUse.Traffic;
import org.peftbench.result.Flops;
import org.peftbench.result.GpuCost;
import org.peftbench.result.Inference;
import org.peftbench.result.Outcome;
import org.peftbench.result.SharedPass;
import org.peftbench.result.StepTimes;
import org.peftbench.result.Streamed;

/**
 * The metrics that are reported. A new one is one entry here: its group's table, CSV, JSON and the
 * list of cells take it from the list.
 */
final class Metrics {

  private static final Unit KIB = new Unit("KiB", 1.0 / (1 << 10), 0);
  private static final Unit MILLIONS = new Unit("M", 1e-6, 3);
  static final Unit SECONDS = new Unit("s", 1, 1);
  private static final Unit FINE_SECONDS = SECONDS.withDecimals(2);
  private static final Unit MILLIS = new Unit("ms", 1e3, 1);
  private static final Unit FINE_MILLIS = MILLIS.withDecimals(2);
  private static final Unit PERCENT = new Unit("%", 100, 1);
  private static final Unit STEPS = new Unit("steps", 1, 0);
  private static final Unit IMAGE_BYTES = new Unit("bytes/image", 1, 0);
  private static final Unit IMAGE_RATE = new Unit("images/s", 1, 0);
  private static final Unit JOULES = new Unit("J", 1, 0);
  private static final Unit MEGAHERTZ = new Unit("MHz", 1, 0);
  // What these count is said by the metric's label, or by the title of its table.
  private static final Unit COUNT = new Unit("", 1, 0);
  private static final Unit BILLIONS = new Unit("", 1e-9, 3);
  private static final Unit PART_MIB = new Unit("", MIB.factor(), 1);

  /** No cost: the accuracy table has it, with means and deviations. */
  static final Metric ACCURACY =
      FILES.median("accuracy", "accuracy", new Unit("%", 1, 2), Reading::accuracy);

  static final Metric TRAINABLE_PARAMETERS =
      COST.largest(
          "trainable_parameters",
          "trainable parameters",
          MILLIONS,
          outcome(Outcome::trainableParameters));
  static final Metric TRAIN_PEAK =
      COST.largest("train_peak_bytes", "train peak memory", MIB, peakBytes(Phase.TRAIN));

  /** Beside the memory of a GPU; for a cell on the processors the two are one. */
  static final Metric HOST_TRAIN_PEAK =
      COST.largest("host_train_peak_bytes", "host memory", MIB, residentBytes(Phase.TRAIN));

  static final Metric TRAIN_SECONDS =
      COST.median("train_seconds", "train", SECONDS, seconds(Phase.TRAIN));
  static final Metric END_TO_END =
      COST.median("end_to_end_seconds", "end to end", SECONDS, Reading::endToEndSeconds);
  static final Metric CPU_JOULES =
      ENERGY.median("cpu_train_joules", "CPU energy", JOULES, Reading.cpuJoules(Phase.TRAIN));

  /** What cells that ran alone cost; columns stand in this order. */
  static final List<Metric> COSTS =
      List.of(
          TRAINABLE_PARAMETERS,
          COST.largest("adapter_bytes", "adapter", KIB, outcome(Outcome::adapterBytes)),
          new Metric(
              "transfer_bytes_per_image",
              "transfer",
              IMAGE_BYTES,
              LARGEST_ABOVE_ZERO,
              COST,
              outcome(Outcome::transferBytesPerImage)),
          COST.largest("floor_bytes", "floor", MIB, peakBytes(Phase.ENGINE)),
          TRAIN_PEAK,
          HOST_TRAIN_PEAK,
          COST.median("extract_seconds", "extract", SECONDS, seconds(Phase.EXTRACT)),
          TRAIN_SECONDS,
          COST.median("step_seconds", "step", MILLIS, steps(StepTimes::p50Seconds)),
          COST.median("input_share", "input wait", PERCENT, steps(StepTimes::inputShare)),
          END_TO_END,
          part("memory_floor_bytes", "floor", Ledger::floor),
          part("memory_weights_bytes", "weights", Ledger::weights),
          part("memory_gradients_bytes", "gradients", Ledger::gradients),
          part("memory_optimizer_bytes", "optimiser", Ledger::optimizer),
          part("memory_taps_bytes", "taps", Ledger::taps),
          part("memory_rest_bytes", "rest", Ledger::rest),
          part("memory_peak_bytes", "peak", Ledger::peak),
          TIME.median("start_seconds", "start", FINE_SECONDS, Reading::startSeconds),
          TIME.median("load_seconds", "load", FINE_SECONDS, seconds(Phase.LOAD)),
          TIME.median("data_seconds", "data", FINE_SECONDS, seconds(Phase.DATA)),
          TIME.median("first_step_seconds", "first step", MILLIS, steps(StepTimes::firstSeconds)),
          TIME.median("warmup_steps", "warm-up", STEPS, steps(StepTimes::warmup)),
          TIME.median("step_p50_seconds", "step p50", MILLIS, steps(StepTimes::p50Seconds)),
          TIME.median("step_p90_seconds", "p90", MILLIS, steps(StepTimes::p90Seconds)),
          TIME.median("step_p99_seconds", "p99", MILLIS, steps(StepTimes::p99Seconds)),
          FILES.median("input_seconds", "input wait", SECONDS, steps(StepTimes::inputSeconds)),
          TIME.median(
              "train_images_per_second", "train", IMAGE_RATE, Reading::trainImagesPerSecond),
          TIME.median(
              "judge_images_per_second", "judge", IMAGE_RATE, Reading::judgedImagesPerSecond),
          FILES.largest("images", "images judged", COUNT, outcome(Outcome::images)),
          FILES.largest(
              "split_images", "images of the split", COUNT, outcome(Outcome::splitImages)),
          FILES.largest("test_peak_bytes", "test peak memory", MIB, peakBytes(Phase.TEST)),
          INFERENCE.largest("inference_batch", "batch", COUNT, inference(Inference::batch)),
          INFERENCE.median(
              "inference_images_per_second",
              "images/s",
              COUNT,
              inference(trial -> trial.batch() / trial.batchSeconds())),
          INFERENCE.median(
              "plain_images_per_second",
              "plain images/s",
              COUNT,
              inference(trial -> trial.batch() / trial.plainBatchSeconds())),
          INFERENCE.median(
              "inference_overhead", "overhead", PERCENT, inference(Inference::overhead)),
          FILES.median(
              "inference_batch_seconds", "batch", MILLIS, inference(Inference::batchSeconds)),
          FILES.median(
              "plain_batch_seconds",
              "plain batch",
              MILLIS,
              inference(Inference::plainBatchSeconds)),
          INFERENCE.median(
              "inference_image_seconds",
              "one image",
              FINE_MILLIS,
              inference(Inference::imageSeconds)),
          INFERENCE.median(
              "plain_image_seconds", "plain", FINE_MILLIS, inference(Inference::plainImageSeconds)),
          INFERENCE.largest("inference_flops", "GFLOPs/image", BILLIONS, flops(Flops::adapted)),
          INFERENCE.largest("plain_flops", "plain", BILLIONS, flops(Flops::plain)),
          INFERENCE.largest("side_flops", "beside", BILLIONS, flops(Flops::side)),
          INFERENCE.largest("train_step_flops", "train step", BILLIONS, flops(Flops::trainStep)),
          ENERGY.largest(
              "gpu_floor_bytes", "GPU floor", MIB, gpu(Phase.ENGINE, GpuCost::peakProcessBytes)),
          ENERGY.largest(
              "gpu_train_peak_bytes",
              "GPU train peak",
              MIB,
              gpu(Phase.TRAIN, GpuCost::peakProcessBytes)),
          ENERGY.largest(
              "gpu_device_peak_bytes",
              "of the device",
              MIB,
              gpu(Phase.TRAIN, GpuCost::peakDeviceBytes)),
          ENERGY.median(
              "gpu_train_joules", "GPU energy", JOULES, gpu(Phase.TRAIN, GpuCost::joules)),
          ENERGY.median(
              "gpu_train_joules_above_idle", "above idle", JOULES, Reading::gpuJoulesAboveIdle),
          ENERGY.median(
              "gpu_sm_megahertz", "SM clock", MEGAHERTZ, gpu(Phase.TRAIN, GpuCost::smMegahertz)),
          CPU_JOULES,
          STREAM.median("extract_read_bytes", "extract", GIB, read(Phase.EXTRACT)),
          STREAM.median("train_read_bytes", "train", GIB, read(Phase.TRAIN)),
          STREAM.median("test_read_bytes", "test", GIB, read(Phase.TEST)),
          STREAM.median("read_bytes", "in all", GIB, streamed(read -> Optional.of(read.bytes()))),
          STREAM.median(
              "storage_read_bytes", "from storage", GIB, streamed(Streamed::storageBytes)),
          STREAM.median(
              "read_wait_seconds",
              "waited",
              SECONDS,
              streamed(read -> Optional.of(read.waitedSeconds()))));

  static final Metric PASS_TRAIN_SECONDS =
      SHARED.median("pass_train_seconds", "train", SECONDS, Reading::passSeconds);
  static final Metric PASS_BACKBONE_SECONDS =
      SHARED.median(
          "pass_backbone_seconds", "backbone", SECONDS, pass(SharedPass::backboneSeconds));
  static final Metric OWN_SECONDS =
      SHARED.median("own_train_seconds", "own", SECONDS, pass(SharedPass::ownSeconds));
  static final Metric PASS_TRAIN_PEAK =
      SHARED.largest("pass_train_peak_bytes", "train peak memory", MIB, Reading::passPeakBytes);
  static final Metric OWN_BYTES =
      SHARED.largest(
          "own_bytes", "of it a learner's", MIB.withDecimals(1), pass(SharedPass::ownBytes));
  static final Metric PASS_END_TO_END =
      SHARED.median(
          "pass_end_to_end_seconds",
          "end to end",
          SECONDS,
          cell -> cell.sharedPass().map(pass -> cell.endToEndSeconds()));

  /** What is known of a cell that shared a pass, in place of its costs. */
  static final List<Metric> SHARED_PASS =
      List.of(
          SHARED.largest("shared_pass", "learners", COUNT, pass(SharedPass::learners)),
          PASS_TRAIN_SECONDS,
          PASS_BACKBONE_SECONDS,
          OWN_SECONDS,
          PASS_TRAIN_PEAK,
          OWN_BYTES,
          PASS_END_TO_END);

  /** The image itself, beside its features. */
  static final Metric EDGE_FILE =
      FILES.median(
          "edge_file_bytes_per_image", "file", IMAGE_BYTES, imageBytes(Traffic::imageFileBytes));

  static final Metric EDGE_RAW =
      FILES.median("edge_raw_bytes_per_image", "raw", IMAGE_BYTES, imageBytes(Traffic::rawBytes));
  static final Metric EDGE_TENSORS =
      MetricGroup.EDGE.median(
          "edge_tensor_bytes_per_image", "tensors", IMAGE_BYTES, imageBytes(Traffic::tensorBytes));
  static final Metric EDGE_WIRE_DOWN =
      MetricGroup.EDGE.median(
          "edge_wire_down_bytes_per_image",
          "wire down",
          IMAGE_BYTES,
          wireBytes(Traffic::wireDownBytes));

  /** What is known of a cell whose features came from a cloud, besides its costs. */
  static final List<Metric> EDGE =
      List.of(
          MetricGroup.EDGE.median("edge_images", "images", COUNT, traffic(Traffic::images)),
          MetricGroup.EDGE.median(
              "edge_sent_images", "of them sent", COUNT, traffic(Traffic::sentImages)),
          EDGE_FILE,
          EDGE_RAW,
          MetricGroup.EDGE.median(
              "edge_up_bytes_per_image", "up", IMAGE_BYTES, imageBytes(Traffic::upBytes)),
          EDGE_TENSORS,
          MetricGroup.EDGE.median(
              "edge_down_bytes_per_image", "down", IMAGE_BYTES, imageBytes(Traffic::downBytes)),
          MetricGroup.EDGE.median(
              "edge_wire_up_bytes_per_image",
              "wire up",
              IMAGE_BYTES,
              wireBytes(Traffic::wireUpBytes)),
          EDGE_WIRE_DOWN,
          MetricGroup.EDGE.median(
              "edge_wait_seconds", "waiting", SECONDS, traffic(Traffic::seconds)),
          MetricGroup.EDGE.median(
              "edge_compute_seconds", "computing", SECONDS, Reading::edgeComputeSeconds),
          TRAIN_PEAK,
          MetricGroup.EDGE.median(
              "edge_latency_p50_seconds", "latency p50", FINE_MILLIS, latency(Latency::p50Seconds)),
          MetricGroup.EDGE.median(
              "edge_latency_p90_seconds", "p90", FINE_MILLIS, latency(Latency::p90Seconds)),
          MetricGroup.EDGE.median(
              "edge_latency_p99_seconds", "p99", FINE_MILLIS, latency(Latency::p99Seconds)),
          FILES.largest("edge_requests", "requests", COUNT, traffic(Traffic::requests)),
          MetricGroup.EDGE.largest(
              "edge_reconnects", "reconnects", COUNT, traffic(Traffic::reconnects)),
          MetricGroup.EDGE.largest(
              "edge_again_bytes", "again", new Unit("bytes", 1, 0), traffic(Traffic::againBytes)));

  private Metrics() {}

  private static Metric part(String name, String label, Function<Ledger, Number> part) {
    return new Metric(name, label, PART_MIB, AT_LARGEST_PEAK, MEMORY, ledger(part));
  }
}
