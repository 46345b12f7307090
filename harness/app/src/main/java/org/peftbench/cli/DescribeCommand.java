package org.peftbench.cli;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peftbench.Printable;
import org.peftbench.WrongInputException;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.plan.Methods;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.spi.Preset;
import org.peftbench.spi.SearchRange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench describe}. */
@Command(
    name = "describe",
    description = "Say what a method is: equation, shapes, options, parameters, what it cites.",
    mixinStandardHelpOptions = true)
final class DescribeCommand extends Printing implements Callable<Integer> {

  @Parameters(
      paramLabel = "METHOD",
      arity = "0..1",
      description = "methods, with options if wanted: lora[rank=4]; beside --all, more rows")
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

  private final Methods available;

  @Inject
  DescribeCommand(Methods available) {
    this.available = available;
  }

  @Override
  public Integer call() {
    if (!all && method == null) {
      throw new WrongInputException("say which method to describe, or --all");
    }
    ViTConfig config = Backbones.named(backbone);
    List<MethodFacts> methods = new ArrayList<>();
    if (all) {
      methods.addAll(available.resolve("all", config));
    }
    if (method != null) {
      methods.addAll(available.resolve(method, config));
    }
    available.close();
    switch (format) {
      case "text" ->
          print(
              methods.stream()
                  .map(bound -> text(bound, config))
                  .collect(Collectors.joining(System.lineSeparator())));
      case "csv" -> {
        out()
            .println(
                "method,trainable_parameters,kind,transfer_bytes_per_image,reconstruction,"
                    + "starts_as_backbone,merges,options");
        methods.forEach(bound -> out().println(Printable.line(csv(bound, config))));
      }
      default -> throw Words.unknown("--format", format, Stream.of("text", "csv"));
    }
    return 0;
  }

  private String csv(MethodFacts bound, ViTConfig config) {
    MethodDescription described = description(bound);
    return String.join(
        ",",
        described.id(),
        Long.toString(bound.trainableParameters()),
        described.side() ? "side" : "backbone",
        Long.toString(Tap.transferBytes(bound.taps(), config)),
        Boolean.toString(!described.reconstructions().isEmpty()),
        Boolean.toString(bound.startsAsBackbone()),
        Boolean.toString(bound.merges()),
        bound.choice().given().entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining(" ")));
  }

  private MethodDescription description(MethodFacts bound) {
    return available.describe(bound.choice().id());
  }

  private String text(MethodFacts bound, ViTConfig config) {
    MethodDescription described = description(bound);
    StringBuilder text = new StringBuilder();
    line(text, described.title() + " (" + bound.choice().label() + ")");
    line(text, "");
    described.equation().lines().forEach(equation -> line(text, "  " + equation));
    line(text, "");
    line(text, "kind         " + kindInWords(described));
    line(
        text,
        "parameters   %,d trained on %s, without the head"
            .formatted(bound.trainableParameters(), backbone));
    if (described.side()) {
      line(
          text,
          "taps         %s: %,d bytes an image in float32"
              .formatted(
                  bound.taps().stream().map(Tap::toString).collect(Collectors.joining(", ")),
                  Tap.transferBytes(bound.taps(), config)));
    }
    line(
        text,
        "at first     "
            + (bound.startsAsBackbone() ? "" : "not ")
            + "what the frozen backbone computes");
    if (!described.side()) {
      line(
          text,
          "at last      "
              + (bound.merges()
                  ? "can be folded into a plain backbone: bench merge"
                  : "cannot be folded into a plain backbone"));
    }
    if (described.isPlugin()) {
      line(text, "comes from   " + described.origin());
    }
    options(text, described, bound);
    presets(text, described);
    if (!described.reconstructions().isEmpty()) {
      line(text, "");
      line(text, "RECONSTRUCTION: the paper leaves these open, and this is our reading");
      described.reconstructions().forEach(reading -> line(text, "  - " + reading));
    }
    line(text, "");
    described.bibtex().lines().forEach(entry -> line(text, entry));
    return text.toString();
  }

  private static void options(StringBuilder text, MethodDescription described, MethodFacts bound) {
    line(text, "");
    if (described.options().isEmpty()) {
      line(text, "It has no options.");
      return;
    }
    TextTable table =
        new TextTable().row("option", "value", "may be", "bench tune tries", "meaning");
    for (MethodDescription.Option option : described.options()) {
      table.row(
          option.name(),
          bound.choice().options().getOrDefault(option.name(), option.usual()),
          option.range(),
          option.search().map(SearchRange::toString).orElse(""),
          option.doc());
    }
    text.append(table);
  }

  private static void presets(StringBuilder text, MethodDescription described) {
    for (Preset preset : described.presets()) {
      line(text, "");
      line(
          text,
          "Published task by task, %s[preset=%s]: %s"
              .formatted(described.id(), preset.name(), preset.source()));
      TextTable table = new TextTable();
      preset
          .tasks()
          .forEach(
              (task, options) ->
                  table.row(
                      "  " + task,
                      new TreeMap<>(options)
                          .entrySet().stream()
                              .map(option -> option.getKey() + "=" + option.getValue())
                              .collect(Collectors.joining(" "))));
      text.append(table);
    }
  }

  private static String kindInWords(MethodDescription described) {
    return described.side()
        ? "side: reads a frozen backbone, no gradient enters it"
        : "backbone: wraps or unfreezes parts of it";
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append(System.lineSeparator());
  }
}
