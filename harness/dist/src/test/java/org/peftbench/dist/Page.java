package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A page of the documentation. Parts of some are generated; such a part stands between two
 * comments, {@code <!-- generated: NAME -->} and {@code <!-- end of NAME -->}.
 */
record Page(Path file) {

  static final int WIDTH = 120;

  private static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();

  static Page of(String name) {
    return new Page(CHECKOUT.resolve(name));
  }

  /** All pages that tell a reader what to type. */
  static List<Page> all() throws IOException {
    try (Stream<Path> docs = Files.list(CHECKOUT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "results/README.md").map(CHECKOUT::resolve),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .map(Page::new)
          .toList();
    }
  }

  String text() throws IOException {
    return Files.readString(file);
  }

  List<String> lines() throws IOException {
    return text().lines().toList();
  }

  /** Holds a generated part to what it would be now; {@code -Ddocs=write} writes that instead. */
  void assertPart(String name, String now) throws IOException {
    String begin = "<!-- generated: " + name + " -->\n";
    String end = "<!-- end of " + name + " -->";
    String text = text();
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    assertTrue(from >= begin.length() && to >= from, () -> this + " has no part " + name);
    if ("write".equals(System.getProperty("docs"))) {
      Files.writeString(file, text.substring(0, from) + now + text.substring(to));
    } else {
      assertEquals(
          now, text.substring(from, to), () -> this + " is out of date: run docs/regenerate");
    }
  }

  /** A paragraph in lines of a page's width, all but the first of them indented. */
  static String wrapped(String paragraph, int indent) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : paragraph.strip().split("\\s+", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n').append(" ".repeat(indent));
        column = indent;
      } else if (column > 0) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    return text.append('\n').toString();
  }

  @Override
  public String toString() {
    return CHECKOUT.relativize(file).toString();
  }
}
