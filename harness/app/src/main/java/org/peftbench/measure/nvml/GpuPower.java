package org.peftbench.measure.nvml;

import java.util.Optional;

/**
 * What a GPU draws, in watts.
 *
 * @param instant at this moment
 * @param average over the last second
 * @param plain by the oldest call, where NVML does not tell the other two: by its documentation an
 *     average over one second on Ampere (except GA100) and newer, and this moment's on GA100 and
 *     older
 */
public record GpuPower(Optional<Double> instant, Optional<Double> average, Optional<Double> plain) {

  private static final String FIELDS = "nvmlDeviceGetFieldValues";
  private static final double MILLIWATTS = 1e3;

  /** NVML_FI_DEV_POWER_AVERAGE and NVML_FI_DEV_POWER_INSTANT. */
  private static final int AVERAGE_FIELD = 185;

  private static final int INSTANT_FIELD = 186;

  /** Size of {@code nvmlFieldValue_t}. */
  private static final int FIELD_BYTES = 40;

  static GpuPower read(Device device) throws NvmlException {
    Optional<Reply> fields =
        device.ask(
            FIELDS,
            new Reply(2 * FIELD_BYTES)
                .with(0, INSTANT_FIELD)
                .with(4, 0) // scope 0: the GPU, not the module that it sits on
                .with(FIELD_BYTES, AVERAGE_FIELD)
                .with(FIELD_BYTES + 4, 0),
            2);
    return new GpuPower(
        fields.isPresent() ? field(device, fields.get(), 0) : Optional.empty(),
        fields.isPresent() ? field(device, fields.get(), FIELD_BYTES) : Optional.empty(),
        device.positive("nvmlDeviceGetPowerUsage").map(GpuPower::watts));
  }

  /** A field has a code of its own, and its value is of a type that it names. */
  private static Optional<Double> field(Device device, Reply reply, int at) throws NvmlException {
    Optional<Integer> code = reply.unsigned(at + 28);
    if (code.isEmpty() || !device.library().told(code.get(), FIELDS)) {
      return Optional.empty();
    }
    Optional<Double> value =
        switch (reply.unsigned(at + 24).orElse(-1)) {
          case 0 -> reply.real(at + 32);
          case 1, 5 -> reply.unsigned(at + 32).map(Integer::doubleValue);
          case 2, 3, 4 -> reply.unsignedLong(at + 32).map(Long::doubleValue);
          default -> Optional.empty();
        };
    return value.filter(milliwatts -> milliwatts > 0).map(GpuPower::watts);
  }

  private static double watts(Number milliwatts) {
    return milliwatts.doubleValue() / MILLIWATTS;
  }
}
