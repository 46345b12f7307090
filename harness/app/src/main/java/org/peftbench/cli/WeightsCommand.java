package org.peftbench.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.model.ViTConfig;
import org.peftbench.weights.ElementType;
import org.peftbench.weights.RandomWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench weights}. */
@Command(
    name = "weights",
    description = "Make weight files.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "random")
final class WeightsCommand extends Printing {

  @Command(
      name = "random",
      description = {
        "Write weights with random values, to measure what methods cost on a backbone of any size.",
        "Records and tables that used them say so, and show no accuracy."
      },
      mixinStandardHelpOptions = true)
  int random(
      @Parameters(paramLabel = "NAME", description = "size and patch, such as vit-e14") String name,
      @Option(
              names = {"-o", "--out"},
              required = true,
              paramLabel = "FILE",
              description = "the .safetensors file to write")
          Path out,
      @Option(
              names = "--image-size",
              paramLabel = "PIXELS",
              description = "side of the images (default: the backbone's)")
          @Nullable Integer imageSize,
      @Option(names = "--float16", description = "in float16, at half the size") boolean float16) {
    ViTConfig named = Backbones.named(name);
    ViTConfig config = imageSize == null ? named : Backbones.sized(named, imageSize);
    ElementType type = float16 ? ElementType.F16 : ElementType.F32;
    if (Files.exists(out)) {
      throw new WrongInputException(out + " is there already; choose another name");
    }
    ByteProgress progress = new ByteProgress(err());
    OptionalLong total = OptionalLong.of(config.values() * type.bytes());
    RandomWeights.write(out, config, type, values -> progress.at(values * type.bytes(), total));
    out().println(out + "  " + BackboneChoice.COSTS_ONLY);
    return 0;
  }
}
