package org.peftbench.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.plan.Methods;
import org.peftbench.scaffold.PluginProject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench plugin new}. */
@Command(
    name = "new",
    description =
        "Write a project with a method that works, to make your own of: hyper-parameters, layer,"
            + " entry, contract test, and all that Maven needs to build it anywhere.",
    mixinStandardHelpOptions = true)
final class PluginNewCommand extends Printing implements Callable<Integer> {

  @Parameters(
      paramLabel = "NAME",
      description = "the method's id: lower-case words joined by hyphens, such as my-adapter")
  String name = "";

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "Java package of the classes (default: org.example.NAME)")
  @Nullable String packageName;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "folder of the project (default: NAME, in this folder)")
  @Nullable Path folder;

  private final Methods methods;

  @Inject
  PluginNewCommand(Methods methods) {
    this.methods = methods;
  }

  @Override
  public Integer call() {
    if (methods.descriptions().stream().anyMatch(method -> method.id().equals(name))) {
      throw new WrongInputException("there is a method '" + name + "' already; choose another id");
    }
    PluginProject project =
        packageName == null ? PluginProject.named(name) : new PluginProject(name, packageName);
    Path target = folder == null ? Path.of(name) : folder;
    String onPath = "export PATH=" + word(home()) + ":\"$PATH\"";
    project.write(target, onPath);
    printf("%s is written. Next:%n%n", target);
    printf("  %s%n  cd %s%n  mvn verify%n", onPath, word(target));
    printf(
        "  bench run --methods lora,%s --tasks pocket_scanner --epochs 1 --limit-test 500"
            + " --plugins target%n",
        name);
    return 0;
  }

  /** The folder of the launcher, which says where it is. */
  private static Path home() {
    return Path.of(System.getProperty("bench.home", "")).toAbsolutePath();
  }

  /** A path as a shell reads it as one word. */
  private static String word(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9_./+=@:-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
