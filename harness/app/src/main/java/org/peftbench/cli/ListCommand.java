package org.peftbench.cli;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Study;
import org.peftbench.file.Folders;
import org.peftbench.image.Normalization;
import org.peftbench.model.ViTConfig;
import org.peftbench.plan.Methods;
import org.peftbench.plan.Profile;
import org.peftbench.plan.Profiles;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.report.Text;
import org.peftbench.task.DataDirectory;
import org.peftbench.task.Task;
import org.peftbench.task.TaskCatalog;
import org.peftbench.weights.KnownWeight;
import org.peftbench.weights.KnownWeights;
import org.peftbench.weights.WeightDownload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench list}. */
@Command(
    name = "list",
    description = "Say what there is: methods, tasks, backbones or profiles.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "methods|tasks|backbones|profiles")
final class ListCommand extends Printing {

  private final Methods available;
  private final Folders folders;

  @Inject
  ListCommand(Methods available, Folders folders) {
    this.available = available;
    this.folders = folders;
  }

  @Command(
      name = "methods",
      description = "Methods, with their trained parameters without the head.",
      mixinStandardHelpOptions = true)
  void methods(
      @Option(
              names = "--backbone",
              paramLabel = "NAME",
              defaultValue = "vit-b16",
              description = "to count for (default: ${DEFAULT-VALUE})")
          String backbone) {
    ViTConfig config = Backbones.named(backbone);
    boolean plugins = available.descriptions().stream().anyMatch(MethodDescription::isPlugin);
    TextTable table = new TextTable();
    table.row(row("method", "kind", "parameters", "title", plugins, "jar"));
    for (MethodDescription method : available.descriptions()) {
      table.row(
          row(
              method.id(),
              method.side() ? "side" : "backbone",
              count(method, config),
              method.title(),
              plugins,
              method.jar()));
    }
    available.troubles().forEach(trouble -> note("bench: " + trouble));
    print(table + "\nCounted for " + backbone + ". bench describe METHOD says more.\n");
  }

  private static String[] row(
      String id, String kind, String count, String title, boolean plugins, String jar) {
    return plugins
        ? new String[] {id, kind, count, title, jar}
        : new String[] {id, kind, count, title};
  }

  /** A method that does not fit this backbone is still one of the list. */
  private String count(MethodDescription method, ViTConfig config) {
    try {
      MethodFacts facts = available.resolve(method.id(), config).get(0);
      return "%,d".formatted(facts.trainableParameters());
    } catch (WrongInputException e) {
      return "n/a";
    }
  }

  @Command(
      name = "tasks",
      description =
          "The tasks of VTAB-1K, those rendered by this program, and a user's own folders.",
      mixinStandardHelpOptions = true)
  void tasks(
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
    TaskCatalog.pocket().forEach(task -> table.row(rendered(task, "")));
    TaskCatalog.motion().forEach(task -> table.row(rendered(task, " clips")));
    for (String folder : found) {
      if (TaskCatalog.find(folder).isEmpty()) {
        table.row(folder, "other", "", "", "", "yes");
      }
    }
    print(
        table
            + "\n'here' is about "
            + data
            + ". Groups: "
            + String.join(", ", TaskCatalog.groupSelectors())
            + ". Any folder in the same layout is a task by its name.\n");
  }

  private static String[] rendered(Task task, String of) {
    return new String[] {
      task.name(),
      task.group().word(),
      Integer.toString(task.classes()),
      "%,d%s".formatted(task.officialTestImages().orElse(0), of),
      "",
      "rendered"
    };
  }

  @Command(
      name = "backbones",
      description = "Sizes, and the public weights that can be fetched for them.",
      mixinStandardHelpOptions = true)
  void backbones() {
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
          known.normalization().toString(),
          known.licence(),
          known.isBundled() || Files.exists(download.file(known)) ? "yes" : "no",
          known.notes());
    }
    print(
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
  void profiles() {
    TextTable table =
        new TextTable()
            .row(
                "profile",
                "epochs",
                "warm-up",
                "batch",
                "lr",
                "decay",
                "precision",
                "resize",
                "normalisation",
                "rates chosen by",
                "what it is");
    for (Profile profile : Profiles.all()) {
      table.row(
          profile.name(),
          Integer.toString(profile.epochs()),
          Integer.toString(profile.warmupEpochs()),
          Integer.toString(profile.batchSize()),
          Text.exact(profile.lr()) + (profile.hasOwnLrs() ? " or own" : ""),
          Text.exact(profile.weightDecay()),
          profile.precision().toString(),
          profile.interpolation().toString(),
          profile.normalize().map(Normalization::toString).orElse("the weights'"),
          profile.study().map(ListCommand::words).orElse(""),
          profile.doc());
    }
    print(table.toString());
  }

  private static String words(Study study) {
    return "%s (%s)".formatted(study.name(), study.budget());
  }
}
