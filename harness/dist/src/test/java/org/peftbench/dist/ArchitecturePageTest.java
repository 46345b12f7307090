package org.peftbench.dist;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/architecture.md} has the arrows that poms and classes have. */
class ArchitecturePageTest {

  private static final Page PAGE = Page.of("docs/architecture.md");
  private static final String ROOT = "org.peftbench";
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(\\S+)</artifactId>");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>org\\.peftbench</groupId>\\s*<artifactId>(\\S+)</artifactId>"
              + "\\s*(?:<scope>(\\S+)</scope>)?");

  @Test
  void modulesHaveTheArrowsOfTheirPoms() throws IOException {
    StringBuilder graph = new StringBuilder("\n```mermaid\ngraph TD\n");
    Matcher modules = Pattern.compile("<module>(\\S+)</module>").matcher(Page.of("pom.xml").text());
    while (modules.find()) {
      String pom = Page.of(modules.group(1) + "/pom.xml").text();
      String afterParent = pom.substring(pom.indexOf("</parent>"));
      Matcher artifact = ARTIFACT.matcher(afterParent);
      if (!artifact.find()) {
        throw new AssertionError(modules.group(1) + " has no name");
      }
      Matcher dependency = DEPENDENCY.matcher(afterParent);
      while (dependency.find()) {
        String scope = dependency.group(2) == null ? "" : "|" + dependency.group(2) + "|";
        graph.append("  %s -->%s %s\n".formatted(artifact.group(1), scope, dependency.group(1)));
      }
    }
    PAGE.assertPart("modules", graph.append("```\n\n").toString());
  }

  @Test
  void packagesHaveTheArrowsOfTheirClasses() throws IOException {
    StringBuilder text = new StringBuilder("\n");
    for (String module : List.of("app", "testkit", "spi")) {
      Map<String, Set<String>> uses = uses(module);
      text.append("### bench-").append(module).append("\n\n");
      for (String name : fromTopToBottom(uses)) {
        String used =
            uses.get(name).stream()
                .map(ArchitecturePageTest::shortName)
                .collect(Collectors.joining(", "));
        text.append(
            Page.wrapped(
                "- **%s**: %s %s"
                    .formatted(
                        shortName(name),
                        purpose(module, name),
                        used.isEmpty() ? "Uses no other." : "Uses " + used + "."),
                2));
      }
      text.append('\n');
    }
    PAGE.assertPart("packages", text.toString());
  }

  /** The packages of a module, each with those of this project that it uses. */
  private static Map<String, Set<String>> uses(String module) {
    Map<String, Set<String>> uses = new TreeMap<>();
    new ClassFileImporter()
        .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(location -> location.contains("/harness/" + module + "/"))
        .importPackages(ROOT)
        .forEach(
            type ->
                type.getDirectDependenciesFromSelf().stream()
                    .map(arrow -> arrow.getTargetClass().getBaseComponentType())
                    .map(JavaClass::getPackageName)
                    .filter(name -> name.startsWith(ROOT) && !name.equals(type.getPackageName()))
                    .forEach(
                        uses.computeIfAbsent(type.getPackageName(), none -> new TreeSet<>())::add));
    return uses;
  }

  /** Who is used stands below who uses it. */
  private static List<String> fromTopToBottom(Map<String, Set<String>> uses) {
    return uses.keySet().stream()
        .sorted(
            Comparator.comparing((String name) -> -floor(name, uses))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static int floor(String name, Map<String, Set<String>> uses) {
    return uses.getOrDefault(name, Set.of()).stream()
        .mapToInt(used -> 1 + floor(used, uses))
        .max()
        .orElse(0);
  }

  private static String shortName(String name) {
    return name.equals(ROOT) ? name : name.substring(ROOT.length() + 1);
  }

  /** The first sentence of a package's javadoc. */
  private static String purpose(String module, String name) throws IOException {
    Path info =
        Page.of("harness/" + module + "/src/main/java/" + name.replace('.', '/'))
            .file()
            .resolve("package-info.java");
    Matcher doc = Pattern.compile("(?s)/\\*\\*(.*?\\.)(\\s|\\*/)").matcher(Files.readString(info));
    if (!doc.find()) {
      throw new AssertionError(info + " says nothing");
    }
    return doc.group(1)
        .replaceAll("\n \\* ?", " ")
        .replaceAll("\\{@(?:code|link) (?:[a-z]+\\.)*([^}]+)}", "`$1`");
  }
}
