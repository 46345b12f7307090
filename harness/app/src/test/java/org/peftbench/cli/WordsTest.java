package org.peftbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peftbench.WrongInputException;
import org.peftbench.image.Normalization;
import org.peftbench.shaper.Link;
import org.peftbench.tune.Search;

class WordsTest {

  @Test
  void wordsLeadBackToWhatTheyStandFor() {
    List<Link> links = List.of(Link.values());
    links.forEach(
        link -> assertEquals(link, Words.named("--link", link.word(), links, Link::word)));
    List<Normalization> ways = List.of(Normalization.values());
    for (Normalization way : ways) {
      assertEquals(way, Words.named("--normalize", way.toString(), ways));
      assertEquals(Optional.of(way), Words.namedOrAuto("--normalize", way.toString(), ways));
    }
    assertEquals(Optional.empty(), Words.namedOrAuto("--normalize", "auto", ways));
  }

  @Test
  void othersAreRefusedWithThoseThatAreKnown() {
    List<Link> links = List.of(Link.values());
    assertEquals(
        "--link 5g is not known; known: lan, wifi, 4g, slow",
        assertThrows(
                WrongInputException.class, () -> Words.named("--link", "5g", links, Link::word))
            .getMessage());
    assertEquals(
        "--search luck is not known; known: auto, grid, random, halton",
        assertThrows(
                WrongInputException.class,
                () -> Words.namedOrAuto("--search", "luck", List.of(Search.values())))
            .getMessage());
  }
}
