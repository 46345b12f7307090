package org.peftbench.child;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.cuda.CudaSet;
import org.peftbench.cuda.CudaSets;
import org.peftbench.cuda.Cure;
import org.peftbench.cuda.Driver;
import org.peftbench.cuda.VisibleGpus;
import org.peftbench.link.Message;
import org.peftbench.link.Order;

/**
 * Decides where a command computes: whether a GPU can be used is found out before anything starts,
 * and said with the way out.
 */
public final class Devices {

  /** Why a GPU cannot be used where everything but PyTorch's half for it is there. */
  static final String NO_CUDA_SET =
      "there is no PyTorch "
          + CudaSet.VERSION
          + " for CUDA here; bench setup cuda fetches 0 to 4 GB and keeps one for every later run";

  /** Computes on a device as a cell would. */
  interface Trial {
    /** Throws if it cannot. */
    void on(Device device) throws IOException, InterruptedException, JobFailedException;
  }

  private final Driver driver;
  private final VisibleGpus visible;
  private final CudaSets sets;
  private final Trial trial;
  private final Consumer<String> say;

  Devices(Driver driver, VisibleGpus visible, CudaSets sets, Trial trial, Consumer<String> say) {
    this.driver = driver;
    this.visible = visible;
    this.sets = sets;
    this.trial = trial;
    this.say = say;
  }

  /**
   * Those of this machine.
   *
   * @param say told in one line why {@code auto} is not a GPU where there is a driver for one
   */
  public static Devices here(Consumer<String> say) {
    return new Devices(Driver.here(), VisibleGpus.here(), CudaSets.here(), Devices::tryEngine, say);
  }

  private static void tryEngine(Device device)
      throws IOException, InterruptedException, JobFailedException {
    int threads = Runtime.getRuntime().availableProcessors();
    Child.run(new Order.TryEngine(device), threads, Message.EngineWorks.class, other -> {});
  }

  /** The driver that GPUs need. */
  public Driver driver() {
    return driver;
  }

  /** The PyTorch that GPUs need: see {@link CudaSets#find}. */
  public Optional<CudaSet> set() {
    return sets.find();
  }

  /**
   * Resolves what follows {@code --device}.
   *
   * @throws WrongInputException if it is not a device, or one that cannot be used
   */
  public Device resolve(String word) throws IOException, InterruptedException {
    Device device = wanted(word);
    if (!device.isGpu()) {
      return device;
    }
    Optional<String> trouble = obstacle(device);
    if (trouble.isEmpty()) {
      trouble = failure(device);
    }
    if (trouble.isPresent() && !word.equals("auto")) {
      throw new WrongInputException("--device " + word + " cannot be used: " + trouble.get());
    }
    trouble.ifPresent(why -> say.accept("computing on the CPU, not on " + device + ": " + why));
    return trouble.isPresent() ? Device.CPU : device;
  }

  /**
   * Resolves what follows {@code --device} where several GPUs may compute at once.
   *
   * @param words what {@link #resolve} takes, or {@code cuda:0,cuda:1}, or {@code all} for every
   *     GPU that {@code CUDA_VISIBLE_DEVICES} leaves
   * @throws WrongInputException as {@link #resolve} does, and if it is no list of different GPUs
   */
  public List<Device> several(String words) throws IOException, InterruptedException {
    if (!words.equals("all") && !words.contains(",")) {
      return List.of(resolve(words));
    }
    List<Device> devices =
        words.equals("all") ? all() : Stream.of(words.split(",", -1)).map(Devices::named).toList();
    if (!devices.stream().allMatch(Device::isGpu) || Set.copyOf(devices).size() < devices.size()) {
      throw new WrongInputException(
          "--device " + words + " is no list of different GPUs, such as cuda:0,cuda:1");
    }
    for (Device device : devices) {
      resolve(device.toString());
    }
    return devices;
  }

  private List<Device> all() {
    if (driver.running() && driver.gpus().isEmpty()) {
      throw new WrongInputException(
          "--device all: the driver does not tell how many GPUs there are; name them, such as"
              + " cuda:0,cuda:1");
    }
    int count = visible.count(driver.gpus().orElse(0));
    // Without any, the first says why.
    return IntStream.range(0, Math.max(1, count))
        .mapToObj(number -> new Device(Optional.of(number)))
        .toList();
  }

  /**
   * The device that a word means, whether it can be used or not; {@code auto} is a GPU where there
   * is a driver.
   *
   * @throws WrongInputException if it means none
   */
  public Device wanted(String word) {
    if (word.equals("auto")) {
      return driver.running() ? new Device(Optional.of(0)) : Device.CPU;
    }
    if (word.equals("all") || word.contains(",")) {
      throw new WrongInputException(
          "--device " + word + " is not one device; this command computes on one");
    }
    return named(word);
  }

  private static Device named(String word) {
    try {
      return Device.named(word);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(
          "unknown device '" + word + "'; known: auto, cpu, cuda:0, cuda:1, ...", e);
    }
  }

  /** What is in a GPU's way as far as can be told without trying it, and the way out. */
  public Optional<String> obstacle(Device device) {
    if (!driver.running()) {
      return Optional.of(
          "no NVIDIA driver is running" + ofLibrary("its") + "; install one, or use cpu");
    }
    if (driver.gpus().isPresent()) {
      int gpus = driver.gpus().get();
      int usable = visible.count(gpus);
      if (usable <= device.cuda().orElseThrow()) {
        return Optional.of(tooFew(gpus, usable));
      }
    }
    try {
      return sets.find().isPresent()
          ? Optional.empty()
          : Optional.of(NO_CUDA_SET + ofLibrary("the driver's"));
    } catch (WrongInputException e) {
      return Optional.of(e.getMessage() + ofLibrary("the driver's"));
    }
  }

  /** What the driver's library says is wrong, to be put behind what is wrong; mostly nothing. */
  private String ofLibrary(String whose) {
    return driver.trouble().map(text -> " (" + whose + " library says: " + text + ")").orElse("");
  }

  private String tooFew(int gpus, int usable) {
    if (gpus == 0) {
      return "an NVIDIA driver is running, but has no GPU; use cpu";
    }
    String there =
        visible
            .text()
            .map(text -> "%s leaves %d of %d GPUs".formatted(text, usable, gpus))
            .orElse("this machine has " + gpus + (gpus == 1 ? " GPU" : " GPUs"));
    if (usable == 0) {
      return there + "; unset it, or use cpu";
    }
    return there + "; known: cuda:0" + (usable > 1 ? " to cuda:" + (usable - 1) : "");
  }

  /** What went wrong when a device was tried; empty if nothing did. */
  private Optional<String> failure(Device device) throws IOException, InterruptedException {
    try {
      trial.on(device);
      return Optional.empty();
    } catch (WrongInputException e) {
      String said = e.getMessage() + ofLibrary("the driver's");
      return Optional.of(said + "; " + Cure.of(said));
    } catch (JobFailedException e) {
      String said =
          "PyTorch did not start ("
              + e.getMessage()
              + ")"
              + e.lastWords()
              + ofLibrary("the driver's");
      return Optional.of(said + "; " + Cure.of(said));
    }
  }
}
