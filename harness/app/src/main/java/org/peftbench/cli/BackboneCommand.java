package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.child.Child;
import org.peftbench.child.JobFailedException;
import org.peftbench.file.Folders;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.weights.KnownWeight;
import org.peftbench.weights.KnownWeights;
import org.peftbench.weights.WeightDownload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench backbone}. */
@Command(
    name = "backbone",
    description = "Check or fetch a backbone's weights.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "verify|download")
final class BackboneCommand extends Printing {

  private static final double LARGEST_DIFFERENCE = 1e-3;

  private final Folders folders;

  @Inject
  BackboneCommand(Folders folders) {
    this.folders = folders;
  }

  @Command(
      name = "verify",
      description = {
        "Load weights of any supported layout, run the reference's input through them and compare"
            + " with what another program computed.",
        "Succeeds if no value differs by 0.001 or more."
      },
      mixinStandardHelpOptions = true)
  int verify(
      @Parameters(paramLabel = "WEIGHTS", description = "a .safetensors or .npz file") Path weights,
      @Option(
              names = "--reference",
              required = true,
              paramLabel = "FILE",
              description =
                  "safetensors with input (B, 3, S, S), and logits (B, K) or tap_i (B, N, D), the"
                      + " tokens after block i")
          Path reference,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              description = "sizes that shapes do not show, as vit_config.json")
          @Nullable Path config)
      throws IOException, InterruptedException, JobFailedException {
    Order order =
        new Order.VerifyBackbone(
            weights.toString(),
            reference.toString(),
            Optional.ofNullable(config).map(Path::toString));
    Map<String, Double> differences =
        Child.run(
                order,
                Runtime.getRuntime().availableProcessors(),
                Message.Verified.class,
                message -> {})
            .differences();
    TextTable table = new TextTable().row("tensor", "largest absolute difference");
    differences.forEach((name, difference) -> table.row(name, "%.3g".formatted(difference)));
    boolean equal = differences.values().stream().allMatch(d -> d < LARGEST_DIFFERENCE);
    print(table);
    out().println(equal ? "equal" : "different");
    return equal ? 0 : Bench.FAILED;
  }

  @Command(
      name = "download",
      description = "Fetch public weights, going on where an earlier download stopped.",
      mixinStandardHelpOptions = true)
  int download(
      @Parameters(paramLabel = "NAME", description = "see bench list backbones") String name) {
    KnownWeight weight = KnownWeights.builtIn().find(name);
    err().println(weight.name() + ", licence " + weight.licence());
    ByteProgress progress = new ByteProgress(err());
    WeightDownload.Fetched fetched = new WeightDownload(folders.weights()).fetch(weight, progress);
    out().println(fetched.file() + "  sha256 " + fetched.sha256());
    return 0;
  }
}
