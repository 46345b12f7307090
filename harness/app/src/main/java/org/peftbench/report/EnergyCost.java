package org.peftbench.report;

import static org.peftbench.report.CellStatistics.largest;
import static org.peftbench.report.CellStatistics.median;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.peftbench.result.CellRecord;
import org.peftbench.result.GpuCost;
import org.peftbench.result.GpuUse;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Watched;

/**
 * What training took of the GPU, and energy; medians of the cells, and of memory the largest.
 *
 * @param gpuFloorBytes of the process before any weight is loaded: CUDA's context
 * @param gpuPeakBytes of the process
 * @param devicePeakBytes of the device, whoever holds it
 * @param attribution how the process's memory was told from others'
 * @param gpuJoules of training, by the GPU's counter
 * @param gpuJoulesAboveIdle without what the idle GPU would have drawn meanwhile
 * @param cpuJoules of training, of all processors
 * @param smMegahertz mean clock
 */
record EnergyCost(
    Optional<Long> gpuFloorBytes,
    Optional<Long> gpuPeakBytes,
    Optional<Long> devicePeakBytes,
    Optional<String> attribution,
    Optional<Double> gpuJoules,
    Optional<Double> gpuJoulesAboveIdle,
    Optional<Double> cpuJoules,
    Optional<Double> smMegahertz) {

  static EnergyCost of(List<CellRecord> done) {
    return new EnergyCost(
        largest(done, gpu("engine", GpuCost::peakProcessBytes)),
        largest(done, gpu("train", GpuCost::peakProcessBytes)),
        largest(done, gpu("train", GpuCost::peakDeviceBytes)),
        attribution(done),
        median(done, gpu("train", GpuCost::joules)),
        median(done, EnergyCost::aboveIdle),
        median(done, record -> record.phase("train").flatMap(PhaseCost::cpuJoules)),
        median(done, gpu("train", GpuCost::smMegahertz)));
  }

  private static <T> Function<CellRecord, Optional<T>> gpu(
      String phase, Function<GpuCost, Optional<T>> value) {
    return record -> record.phase(phase).flatMap(PhaseCost::gpu).flatMap(value);
  }

  private static Optional<GpuUse> use(CellRecord record) {
    return record.watched().flatMap(Watched::gpu);
  }

  private static Optional<String> attribution(List<CellRecord> done) {
    String ways =
        done.stream()
            .flatMap(record -> use(record).stream())
            .map(GpuUse::attribution)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return Optional.of(ways).filter(text -> !text.isEmpty());
  }

  private static Optional<Double> aboveIdle(CellRecord record) {
    Optional<Double> idle = use(record).flatMap(GpuUse::idleWatts);
    return record
        .phase("train")
        .flatMap(
            train ->
                train
                    .gpu()
                    .flatMap(GpuCost::joules)
                    .flatMap(joules -> idle.map(watts -> joules - watts * train.seconds())));
  }
}
