package org.peftbench.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peftbench.cell.Device;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.plan.Planner;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every command that takes training steps on random images. */
final class StepOptions {

  @Parameters(paramLabel = "METHODS", description = "methods, such as last,lora[rank=4], or all")
  String methods = "";

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      defaultValue = "vit-b16",
      description = "size and patch (default: ${DEFAULT-VALUE})")
  String backbone = "";

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description = "side of the images (default: the backbone's)")
  @Nullable Integer imageSize;

  @Mixin final PrecisionOption precision = new PrecisionOption();

  /**
   * The arithmetic.
   *
   * @throws WrongInputException if there is none of that name, or not on that device
   */
  Precision precision(Device device) {
    return Planner.possible(precision.given().orElse(Precision.FLOAT32), device.type());
  }

  /**
   * The arithmetics of a list.
   *
   * @throws WrongInputException if there is none of a name, or not on that device
   */
  List<Precision> precisions(Device device) {
    return precision.several().stream().map(one -> Planner.possible(one, device.type())).toList();
  }

  /**
   * The backbone at the size of the images.
   *
   * @param largestBatch images a step
   * @throws WrongInputException if it cannot have that size, or a batch does not fit a buffer
   */
  ViTConfig backbone(int largestBatch) {
    ViTConfig named = Backbones.named(backbone);
    ViTConfig sized = imageSize == null ? named : Backbones.sized(named, imageSize);
    Planner.requireBatch(largestBatch, sized);
    return sized;
  }
}
