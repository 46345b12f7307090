package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.plan.Profile;
import org.peftbench.plugin.BoundMethod;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.run.Profiles;
import org.peftbench.spi.PeftMethod;
import org.peftbench.spi.SideMethod;
import org.peftbench.task.DataDirectory;
import org.peftbench.task.Task;
import org.peftbench.task.TaskCatalog;
import org.peftbench.weights.KnownWeight;
import org.peftbench.weights.KnownWeights;
import org.peftbench.weights.WeightDownload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench list}. */
@Command(
    name = "list",
    description = "Say what there is: methods, tasks, backbones or profiles.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "methods|tasks|backbones|profiles")
final class ListCommand {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before a subcommand runs
  CommandSpec spec;

  private final MethodRegistry registry;
  private final Folders folders;

  @Inject
  ListCommand(MethodRegistry registry, Folders folders) {
    this.registry = registry;
    this.folders = folders;
  }

  @Command(
      name = "methods",
      description = "Methods, with their trained parameters without the head.",
      mixinStandardHelpOptions = true)
  int methods(
      @Option(
              names = "--backbone",
              paramLabel = "NAME",
              defaultValue = "vit-b16",
              description = "to count for (default: ${DEFAULT-VALUE})")
          String backbone) {
    ViTConfig config = Backbones.named(backbone);
    TextTable table = new TextTable().row("method", "kind", "parameters", "title");
    for (PeftMethod<?> method : registry.methods()) {
      table.row(
          method.id(),
          method instanceof SideMethod ? "side" : "backbone",
          count(BoundMethod.bind(method, Collections.emptySortedMap()), config),
          method.title());
    }
    return print(table + "\nCounted for " + backbone + ". bench describe METHOD says more.\n");
  }

  private static <C extends Record> String count(BoundMethod<C> bound, ViTConfig config) {
    return "%,d".formatted(bound.method().trainableParameters(bound.config(), config));
  }

  @Command(
      name = "tasks",
      description =
          "The tasks of VTAB-1K, those rendered by this program, and a user's own folders.",
      mixinStandardHelpOptions = true)
  int tasks(
      @Option(
              names = "--data",
              paramLabel = "DIR",
              defaultValue = "data/vtab-1k",
              description = "directory to look in (default: ${DEFAULT-VALUE})")
          Path data) {
    List<String> found = Files.isDirectory(data) ? DataDirectory.open(data).folders() : List.of();
    TextTable table =
        new TextTable().row("task", "group", "classes", "test images", "also", "here");
    for (Task task : TaskCatalog.vtab()) {
      boolean here =
          found.stream().anyMatch(f -> f.equals(task.name()) || task.aliases().contains(f));
      table.row(
          task.name(),
          task.group().word(),
          Integer.toString(task.classes()),
          "%,d".formatted(task.officialTestImages().orElse(0)),
          String.join(", ", task.aliases()),
          here ? "yes" : "no");
    }
    for (Task task : TaskCatalog.pocket()) {
      table.row(
          task.name(),
          task.group().word(),
          Integer.toString(task.classes()),
          "%,d".formatted(task.officialTestImages().orElse(0)),
          "",
          "rendered");
    }
    for (String folder : found) {
      if (TaskCatalog.find(folder).isEmpty()) {
        table.row(folder, "other", "", "", "", "yes");
      }
    }
    return print(
        table
            + "\n'here' is about "
            + data
            + ". Groups: "
            + String.join(", ", TaskCatalog.groupSelectors())
            + ". Any folder in the same layout is a task by its name.\n");
  }

  @Command(
      name = "backbones",
      description = "Sizes, and the public weights that can be fetched for them.",
      mixinStandardHelpOptions = true)
  int backbones() {
    TextTable sizes =
        new TextTable()
            .row("backbone", "pixels", "width", "depth", "heads", "MLP", "tokens", "parameters");
    for (String name : ViTConfig.names()) {
      ViTConfig config = ViTConfig.named(name);
      sizes.row(
          name,
          Integer.toString(config.imageSize()),
          Integer.toString(config.width()),
          Integer.toString(config.depth()),
          Integer.toString(config.heads()),
          Integer.toString(config.mlpWidth()),
          Integer.toString(config.tokens()),
          "%,d".formatted(config.values()));
    }
    WeightDownload download = new WeightDownload(folders.weights());
    TextTable weights =
        new TextTable().row("weights", "backbone", "normalisation", "licence", "here", "notes");
    for (KnownWeight known : KnownWeights.builtIn().all()) {
      weights.row(
          known.name(),
          known.backbone(),
          known.normalization(),
          known.licence(),
          known.isBundled() || Files.exists(download.file(known)) ? "yes" : "no",
          known.notes());
    }
    return print(
        sizes
            + "\n"
            + weights
            + "\nThe first weights of a backbone are its default. Fetch with bench backbone download"
            + " NAME; they are kept in "
            + folders.weights()
            + ".\n");
  }

  @Command(
      name = "profiles",
      description = "Named defaults of the training protocol.",
      mixinStandardHelpOptions = true)
  int profiles() {
    TextTable table =
        new TextTable()
            .row(
                "profile",
                "epochs",
                "warm-up",
                "batch",
                "lr",
                "decay",
                "resize",
                "normalisation",
                "what it is");
    for (Profile profile : Profiles.all()) {
      table.row(
          profile.name(),
          Integer.toString(profile.epochs()),
          Integer.toString(profile.warmupEpochs()),
          Integer.toString(profile.batchSize()),
          PlanPrinter.plain(profile.lr()) + (profile.hasOwnLrs() ? " or own" : ""),
          PlanPrinter.plain(profile.weightDecay()),
          profile.interpolation(),
          profile.normalize().orElse("the weights'"),
          profile.doc());
    }
    return print(table.toString());
  }

  private int print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
    return 0;
  }
}
