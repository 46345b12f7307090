package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.plan.WrongInputException;
import org.peftbench.plugin.BoundMethod;
import org.peftbench.plugin.MethodOption;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.spi.PeftMethod;
import org.peftbench.spi.SideMethod;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench describe}. */
@Command(
    name = "describe",
    description = "Say what a method is: equation, shapes, options, parameters, what it cites.",
    mixinStandardHelpOptions = true)
final class DescribeCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "METHOD",
      arity = "0..1",
      description = "a method, with options if wanted: lora[rank=4]")
  @Nullable String method;

  @Option(names = "--all", description = "all methods")
  boolean all;

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      defaultValue = "vit-b16",
      description = "to count for (default: ${DEFAULT-VALUE})")
  String backbone = "";

  @Option(
      names = "--format",
      paramLabel = "text|csv",
      defaultValue = "text",
      description = "csv: one line a method (default: ${DEFAULT-VALUE})")
  String format = "";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  CommandSpec spec;

  private final MethodRegistry registry;

  @Inject
  DescribeCommand(MethodRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Integer call() {
    if (all == (method != null)) {
      throw new WrongInputException("say which method to describe, or --all");
    }
    ViTConfig config = Backbones.named(backbone);
    List<BoundMethod<?>> methods = registry.resolve(method == null ? "all" : method);
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case "text" ->
          out.print(
              methods.stream()
                  .map(bound -> text(bound, config))
                  .collect(Collectors.joining(System.lineSeparator())));
      case "csv" -> {
        out.println("method,trainable_parameters,kind,transfer_bytes_per_image,reconstruction");
        methods.forEach(bound -> out.println(csv(bound, config)));
      }
      default ->
          throw new WrongInputException("--format " + format + " is not known; known: text, csv");
    }
    out.flush();
    return 0;
  }

  private static <C extends Record> String csv(BoundMethod<C> bound, ViTConfig config) {
    PeftMethod<C> method = bound.method();
    return String.join(
        ",",
        method.id(),
        Long.toString(method.trainableParameters(bound.config(), config)),
        kind(method),
        Long.toString(transferBytes(bound, config)),
        Boolean.toString(!method.reconstructions().isEmpty()));
  }

  private <C extends Record> String text(BoundMethod<C> bound, ViTConfig config) {
    PeftMethod<C> method = bound.method();
    StringBuilder text = new StringBuilder();
    line(text, method.title() + " (" + bound.choice().label() + ")");
    line(text, "");
    method.equation().lines().forEach(equation -> line(text, "  " + equation));
    line(text, "");
    line(text, "kind         " + kindInWords(method));
    line(
        text,
        "parameters   %,d trained on %s, without the head"
            .formatted(method.trainableParameters(bound.config(), config), backbone));
    if (method instanceof SideMethod<C> side) {
      List<Tap> taps = side.taps(bound.config(), config);
      line(
          text,
          "taps         %s: %,d bytes an image in float32"
              .formatted(
                  taps.stream().map(Tap::toString).collect(Collectors.joining(", ")),
                  transferBytes(bound, config)));
    }
    options(text, bound);
    if (!method.reconstructions().isEmpty()) {
      line(text, "");
      line(text, "RECONSTRUCTION: the paper leaves these open, and this is our reading");
      method.reconstructions().forEach(reading -> line(text, "  - " + reading));
    }
    line(text, "");
    method.bibtex().lines().forEach(entry -> line(text, entry));
    return text.toString();
  }

  private static void options(StringBuilder text, BoundMethod<?> bound) {
    List<MethodOption> options = MethodOption.of(bound.method());
    line(text, "");
    if (options.isEmpty()) {
      line(text, "It has no options.");
      return;
    }
    TextTable table = new TextTable().row("option", "value", "may be", "meaning");
    for (MethodOption option : options) {
      table.row(
          option.name(),
          bound.choice().options().getOrDefault(option.name(), ""),
          option.range(),
          option.annotation().doc());
    }
    text.append(table);
  }

  private static <C extends Record> long transferBytes(BoundMethod<C> bound, ViTConfig config) {
    if (!(bound.method() instanceof SideMethod<C> side)) {
      return 0;
    }
    return Tap.transferBytes(side.taps(bound.config(), config), config);
  }

  private static String kind(PeftMethod<?> method) {
    return method instanceof SideMethod ? "side" : "backbone";
  }

  private static String kindInWords(PeftMethod<?> method) {
    return method instanceof SideMethod
        ? "side: reads a frozen backbone, no gradient enters it"
        : "backbone: wraps or unfreezes parts of it";
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append(System.lineSeparator());
  }
}
