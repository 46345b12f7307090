package org.peftbench.dist;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.Hyperparameter;
import org.peftbench.spi.Hyperparameters;
import org.peftbench.spi.PeftMethod;
import org.peftbench.spi.Preset;
import org.peftbench.spi.SideMethod;

/** {@code docs/methods.md} says of each method what its code says. */
class MethodsPageTest {

  private static final ViTConfig BACKBONE = ViTConfig.named("vit-b16");
  private static final Pattern FIELD = Pattern.compile("(?m)^\\s*(\\w+)\\s*=\\s*\\{(.*)},?$");

  @Test
  void pageSaysOfEachMethodWhatItsCodeSays() throws IOException {
    StringBuilder page = new StringBuilder();
    SortedMap<String, PeftMethod<?>> methods = new TreeMap<>();
    for (PeftMethod<?> method : ServiceLoader.load(PeftMethod.class)) {
      methods.put(method.id(), method);
    }
    methods.values().forEach(method -> describe(method, page));
    Page.of("docs/methods.md").assertPart("methods", page.append('\n').toString());
  }

  private static <C extends Record> void describe(PeftMethod<C> method, StringBuilder page) {
    Hyperparameters<C> options = Hyperparameters.of(method);
    C config = options.read(Map.of());
    page.append("\n## ").append(method.id()).append("\n\n");
    page.append(Page.wrapped(facts(method, config), 0));
    page.append("\n```text\n").append(method.equation().strip()).append("\n```\n");
    SortedMap<String, String> defaults = options.resolve(Map.of());
    List<String> items = new ArrayList<>();
    for (Hyperparameter option : options.all()) {
      items.add(
          "`%s=%s`: %s; %s%s"
              .formatted(
                  option.name(),
                  defaults.getOrDefault(option.name(), option.option().value()),
                  option.option().doc(),
                  option.range(),
                  option.search().map(range -> "; `bench tune` tries " + range).orElse("")));
    }
    for (Preset preset : method.presets()) {
      items.add("`preset=%s`, task by task: %s".formatted(preset.name(), preset.source()));
    }
    page.append(list(items));
    if (!method.reconstructions().isEmpty()) {
      page.append("\nRECONSTRUCTION: the paper leaves these open, and this is our reading.\n");
      page.append(list(method.reconstructions()));
    }
    page.append('\n').append(Page.wrapped("Source: " + source(method.bibtex()), 0));
  }

  private static String list(List<String> items) {
    return items.stream()
        .map(item -> Page.wrapped("- " + item, 2))
        .collect(Collectors.joining("", items.isEmpty() ? "" : "\n", ""));
  }

  private static <C extends Record> String facts(PeftMethod<C> method, C config) {
    String kind =
        method instanceof SideMethod<C> side
            ? "A side method; %,d bytes an image leave the backbone."
                .formatted(Tap.transferBytes(side.taps(config, BACKBONE), BACKBONE))
            : "A backbone method.";
    String start =
        method.startsAsBackbone(config) ? "" : " At first it is not what the backbone computes.";
    String end =
        method instanceof BackboneMethod<C> changes && changes.merges(config)
            ? " `bench merge` folds it into the backbone."
            : "";
    return "%s. %s %,d parameters on vit-b16.%s%s"
        .formatted(method.title(), kind, method.trainableParameters(config, BACKBONE), start, end);
  }

  /** Title, place and year of a BibTeX entry. */
  private static String source(String bibtex) {
    Map<String, String> fields =
        FIELD
            .matcher(bibtex)
            .results()
            .collect(Collectors.toMap(field -> field.group(1), MethodsPageTest::plain));
    return Stream.of("title", "booktitle", "journal", "note", "year", "url")
        .filter(fields::containsKey)
        .map(fields::get)
        .collect(Collectors.joining(", ", "", "."));
  }

  private static String plain(MatchResult field) {
    return field.group(2).replaceAll("[{}]", "").strip();
  }
}
