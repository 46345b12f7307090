package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation tells people to type works as typed: the blocks of a page, from top to
 * bottom, in one folder. A comment above a block says where that would take too long:
 *
 * <ul>
 *   <li>{@code run by the tests with OPTIONS}, which each command of the block gets
 *   <li>{@code run by NAME}, another test, which has the commands' names in it
 *   <li>{@code not run by the tests: REASON}
 * </ul>
 */
class DocumentedCommandsIT {

  private static final Pattern WITH = Pattern.compile("<!-- run by the tests with (.+) -->");
  private static final Pattern ELSEWHERE = Pattern.compile("<!-- run by (\\w+IT) -->");
  private static final Pattern NOT_RUN = Pattern.compile("<!-- not run by the tests: .+ -->");
  private static final Pattern BENCH = Pattern.compile("(?m)^ *\\./bench((?: [a-z]+(?= |$))+).*$");

  /**
   * A fenced block.
   *
   * @param above the line above it, which may be a mark
   * @param kind what is behind the fence, such as {@code sh}
   * @param text what is between the fences, continued lines joined
   */
  private record Block(String above, String kind, String text) {}

  @TempDir Path folder;

  private static List<Page> pages() throws IOException {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsOfAPageWorkAsTyped(Page page) throws Exception {
    Shell shell = Shell.in(folder);
    copyResults(folder.resolve("results/pocket"));
    for (Block block : blocks(page)) {
      if (!block.kind.equals("sh")) {
        assertFalse(block.text.matches("(?s).*(^|\n) *(\\./bench|bench|mvn) .*"), block::text);
        continue;
      }
      Matcher with = WITH.matcher(block.above);
      Matcher elsewhere = ELSEWHERE.matcher(block.above);
      if (elsewhere.matches()) {
        assertNamedIn(elsewhere.group(1), block.text);
      } else if (!NOT_RUN.matcher(block.above).matches()) {
        assertFalse(block.above.startsWith("<!--") && !with.matches(), block::above);
        String lines =
            with.matches()
                ? BENCH.matcher(block.text).replaceAll("$0 " + with.group(1))
                : block.text;
        BenchProcess.Result result = shell.run(lines);
        assertEquals(0, result.exit(), () -> page + ": " + lines + result.err());
      }
    }
  }

  private static List<Block> blocks(Page page) throws IOException {
    List<Block> blocks = new ArrayList<>();
    String above = "";
    List<String> inside = new ArrayList<>();
    for (String line : page.text().replace("\\\n", " ").lines().toList()) {
      if (!inside.isEmpty() && line.equals("```")) {
        String text = inside.stream().skip(1).collect(Collectors.joining("\n", "", "\n"));
        blocks.add(new Block(above, inside.get(0).substring(3), text));
        inside.clear();
      } else if (!inside.isEmpty() || line.startsWith("```")) {
        inside.add(line);
      } else {
        above = line;
      }
    }
    return blocks;
  }

  private static void assertNamedIn(String test, String commands) throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/peftbench/dist").resolve(test + ".java"));
    Matcher bench = BENCH.matcher(commands);
    while (bench.find()) {
      String words = bench.group(1).strip().replace(" ", "\\W+");
      assertTrue(
          Pattern.compile("[\" ]" + words + "[\" ]").matcher(source).find(),
          () -> test + " does not run " + bench.group());
    }
  }

  private static void copyResults(Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> records = Files.list(Page.of("results/pocket").file())) {
      for (Path record : records.filter(Files::isRegularFile).toList()) {
        Files.copy(record, to.resolve(record.getFileName()));
      }
    }
  }
}
