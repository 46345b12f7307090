package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peftbench.edge.CloudClient;
import org.peftbench.plan.Methods;
import org.peftbench.plan.Planner;
import org.peftbench.plan.RunRequest;
import org.peftbench.plan.Sharing;
import org.peftbench.report.Format;
import org.peftbench.run.Lane;
import org.peftbench.run.Limits;
import org.peftbench.shaper.Link;
import org.peftbench.shaper.Shaper;
import org.peftbench.wire.CloudAccess;
import org.peftbench.wire.Reach;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench edge run}. */
@Command(
    name = "run",
    description =
        "Train and judge side methods on features that a cloud computes; prints the tables of the"
            + " cells that were asked for.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The cloud is a bench cloud serve, here or elsewhere; it decides backbone, weights,",
      "image size, pooling, interpolation, normalisation and precision. What is given of",
      "these is compared, and nothing is sent if it differs. Cells, records and tables",
      "are those of bench run. What has arrived stays in OUT/features and is not asked",
      "for again; a run that was stopped goes on where it was.",
      "",
      "To try it out on one machine, in two terminals:",
      "  bench cloud serve --backbone vit-pocket --listen 127.0.0.1:8443",
      "  bench edge run --cloud http://127.0.0.1:8443 --methods miet,linear \\",
      "        --tasks pocket_count --dtype float16 --out runs-edge"
    })
final class EdgeRunCommand extends CellsCommand implements Callable<Integer> {

  @Mixin final CloudOptions cloud = new CloudOptions();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "most memory of a cell's process, such as 512MiB; one that needs more fails (default:"
              + " none)")
  @Nullable String memory;

  @Option(
      names = "--cell-timeout",
      paramLabel = "DURATION",
      description = "longest time for a cell, such as 90m or 6h (default: none)")
  @Nullable String cellTimeout;

  /** An address that was mistyped is not to be waited for as a link that broke is. */
  private static final int FIRST_RETRIES = 2;

  @Inject
  EdgeRunCommand(Planner planner, Methods available) {
    super(planner, available);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Format tables = cells.tables();
    Limits limits = limits();
    Sharing sharing = passes.sharing(1);
    List<Lane> lanes = compute.lanes();
    CloudAccess direct = access();
    Optional<Link> link = cloud.link();
    if (link.isEmpty()) {
      return run(direct, lanes, sharing, limits, tables);
    }
    try (Shaper relay = cloud.relay(link.get())) {
      Reach shaped = cloud.reach(Optional.of(relay));
      return run(
          new CloudAccess(shaped, direct.info(), direct.type(), direct.latencyImages()),
          lanes,
          sharing,
          limits,
          tables);
    }
  }

  private Limits limits() {
    return new Limits(
        Optional.ofNullable(cellTimeout).map(text -> Amounts.time("--cell-timeout", text)),
        Optional.ofNullable(memory).map(text -> Amounts.bytes("--memory", text)));
  }

  /** Asks the cloud what it is, over the network as it is. */
  private CloudAccess access() {
    Reach reach = cloud.reach(Optional.empty());
    CloudClient first = CloudClient.of(reach.trying(FIRST_RETRIES), 0);
    return new CloudAccess(reach, first.info(), cloud.type(), cloud.latencyImages);
  }

  private int run(
      CloudAccess access, List<Lane> lanes, Sharing sharing, Limits limits, Format tables)
      throws IOException, InterruptedException {
    return run(
        options
            .request(
                wanted.methods, wanted.seeds, RunRequest.Use.USUAL, lanes.get(0).device().type())
            .from(access),
        lanes,
        sharing,
        limits,
        tables);
  }
}
