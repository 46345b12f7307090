import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peftbench.measure.nvml.Gpu;
import org.peftbench.measure.nvml.GpuPower;
import org.peftbench.measure.nvml.GpuSample;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;
import org.peftbench.result.GpuUse;
import org.peftbench.result.Json;

/**
 * Times the calls that {@code bench} makes to the driver, one by one and as whole readings, and
 * watches power and energy counter for a while. Prints a line of JSON; without a GPU one that says
 * why: a source file that {@code java} runs with the product's jars.
 */
public final class NvmlCalls {

  private static final long POWER_MILLIS = 20;

  /** Calls before those that count: the first ones are Java's, not the driver's. */
  private static final int WARMUP = 50;

  /**
   * What to do.
   *
   * @param nvml the driver's library, by name or path
   * @param device the GPU's index
   * @param times how often each call is made
   * @param seconds how long power and energy are watched
   */
  private record Task(String nvml, int device, int times, double seconds) {}

  /** What a call took, and the code that the last one gave. */
  private record Call(double medianMicros, double maxMicros, int code) {}

  /** Readings of watts. */
  private record Watts(double mean, double least, double most) {}

  /**
   * How the energy counter moves.
   *
   * @param steps how often it moved
   * @param stepMillijoules median growth in a step
   * @param intervalMillis median time between two steps
   * @param joules from first to last step
   * @param seconds between these
   */
  private record Counter(
      int steps, double stepMillijoules, double intervalMillis, double joules, double seconds) {}

  private record Rest(
      Optional<Watts> instant, Optional<Watts> average, Optional<Watts> plain, GpuSample last) {}

  private record Found(
      int gpus,
      GpuUse.Facts facts,
      Map<String, Call> calls,
      Rest power,
      Optional<Counter> counter,
      List<String> missing) {}

  private interface Reading {
    int read() throws NvmlException;
  }

  private final Task task;
  private final Nvml nvml;
  private final Gpu gpu;
  private final NativeLibrary library;
  private final Pointer handle;

  private NvmlCalls(Task task, Nvml nvml) throws NvmlException {
    this.task = task;
    this.nvml = nvml;
    this.gpu = nvml.gpu(task.device);
    this.library = NativeLibrary.getInstance(task.nvml);
    PointerByReference found = new PointerByReference();
    library
        .getFunction("nvmlDeviceGetHandleByIndex_v2")
        .invokeInt(new Object[] {task.device, found});
    this.handle = found.getValue();
  }

  public static void main(String[] args) throws Exception {
    Task task = Json.MAPPER.readValue(args[0], Task.class);
    System.out.println(Json.MAPPER.writeValueAsString(found(task)));
  }

  private static Object found(Task task) throws InterruptedException {
    try {
      Optional<Nvml> opened = Nvml.open(task.nvml);
      if (opened.isEmpty()) {
        return Map.of("absent", "there is no " + task.nvml);
      }
      try (Nvml nvml = opened.get()) {
        return new NvmlCalls(task, nvml).found();
      }
    } catch (NvmlException e) {
      return Map.of("absent", e.getMessage());
    }
  }

  private Found found() throws NvmlException, InterruptedException {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("a whole reading", timed(() -> whole()));
    for (Map.Entry<String, Object[]> call : calls().entrySet()) {
      Optional<Function> function = function(call.getKey().split(" ", -1)[0]);
      if (function.isPresent()) {
        calls.put(call.getKey(), timed(() -> function.get().invokeInt(call.getValue())));
      }
    }
    Rest power = power();
    return new Found(
        nvml.count(), gpu.facts(), calls, power, counter(), List.copyOf(nvml.missing()));
  }

  /** What the meter reads each time. */
  private int whole() throws NvmlException {
    gpu.occupancy();
    gpu.sample();
    return 0;
  }

  private Map<String, Object[]> calls() {
    byte[] memory = new byte[40];
    memory[0] = 40;
    memory[3] = 2;
    byte[] fields = new byte[80];
    fields[0] = (byte) 186;
    fields[40] = (byte) 185;
    byte[] reply = new byte[8];
    Map<String, Object[]> calls = new LinkedHashMap<>();
    calls.put("nvmlDeviceGetMemoryInfo_v2", new Object[] {handle, memory});
    calls.put(
        "nvmlDeviceGetComputeRunningProcesses_v3",
        new Object[] {handle, new int[] {64}, new byte[64 * 32]});
    calls.put("nvmlDeviceGetFieldValues (power)", new Object[] {handle, 2, fields});
    calls.put("nvmlDeviceGetPowerUsage", new Object[] {handle, reply});
    calls.put("nvmlDeviceGetTotalEnergyConsumption", new Object[] {handle, reply});
    calls.put("nvmlDeviceGetClockInfo", new Object[] {handle, 1, reply});
    calls.put("nvmlDeviceGetUtilizationRates", new Object[] {handle, reply});
    calls.put("nvmlDeviceGetTemperature", new Object[] {handle, 0, reply});
    calls.put("nvmlDeviceGetCurrentClocksEventReasons", new Object[] {handle, reply});
    return calls;
  }

  private Optional<Function> function(String symbol) {
    try {
      return Optional.of(library.getFunction(symbol));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty(); // an old driver
    }
  }

  private Call timed(Reading reading) throws NvmlException {
    for (int i = 0; i < WARMUP; i++) {
      reading.read();
    }
    double[] micros = new double[task.times];
    int code = 0;
    for (int i = 0; i < micros.length; i++) {
      long began = System.nanoTime();
      code = reading.read();
      micros[i] = (System.nanoTime() - began) / 1e3;
    }
    Arrays.sort(micros);
    return new Call(micros[micros.length / 2], micros[micros.length - 1], code);
  }

  private Rest power() throws NvmlException, InterruptedException {
    List<GpuSample> samples = new ArrayList<>();
    long began = System.nanoTime();
    do {
      samples.add(gpu.sample());
      Thread.sleep(POWER_MILLIS);
    } while (System.nanoTime() - began < task.seconds * 1e9);
    List<GpuPower> power = samples.stream().map(GpuSample::power).toList();
    return new Rest(
        watts(power.stream().map(GpuPower::instant).toList()),
        watts(power.stream().map(GpuPower::average).toList()),
        watts(power.stream().map(GpuPower::plain).toList()),
        samples.get(samples.size() - 1));
  }

  private static Optional<Watts> watts(List<Optional<Double>> readings) {
    double[] told =
        readings.stream().flatMap(Optional::stream).mapToDouble(watts -> watts).toArray();
    return told.length == 0
        ? Optional.empty()
        : Optional.of(
            new Watts(
                Arrays.stream(told).average().getAsDouble(),
                Arrays.stream(told).min().getAsDouble(),
                Arrays.stream(told).max().getAsDouble()));
  }

  /** Reads nothing but the counter, as fast as it can be read. */
  private Optional<Counter> counter() {
    Optional<Function> function = function("nvmlDeviceGetTotalEnergyConsumption");
    List<double[]> moves = new ArrayList<>(); // seconds, millijoules
    long[] now = new long[1];
    long began = System.nanoTime();
    double seconds = 0;
    while (function.isPresent() && seconds < task.seconds) {
      int code = function.get().invokeInt(new Object[] {handle, now});
      seconds = (System.nanoTime() - began) / 1e9;
      if (code == 0 && (moves.isEmpty() || moves.get(moves.size() - 1)[1] != now[0])) {
        moves.add(new double[] {seconds, now[0]});
      }
    }
    if (moves.size() < 3) {
      return Optional.empty();
    }
    List<double[]> seen = moves.subList(1, moves.size()); // the first was no move
    double[] first = seen.get(0);
    double[] last = seen.get(seen.size() - 1);
    return Optional.of(
        new Counter(
            seen.size(),
            medianGap(seen, 1),
            1e3 * medianGap(seen, 0),
            (last[1] - first[1]) / 1e3,
            last[0] - first[0]));
  }

  private static double medianGap(List<double[]> moves, int field) {
    double[] gaps = new double[moves.size() - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = moves.get(i + 1)[field] - moves.get(i)[field];
    }
    Arrays.sort(gaps);
    return gaps[gaps.length / 2];
  }
}
