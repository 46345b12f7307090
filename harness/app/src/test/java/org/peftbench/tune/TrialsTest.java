package org.peftbench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.spi.SearchRange;

class TrialsTest {

  private static final Entrant LORA = Studies.entrant("lora", 0.003, "rank", "8", "scale", "1");
  private static final Entrant LINEAR = Studies.entrant("linear", 0.01);
  private static final Space SPACE =
      Studies.space(Map.of("lora.scale", Studies.choices("0.1", "1", "10")));

  private static Definition study(Search search, int trials) {
    return Studies.study(search, trials, SPACE, LORA, LINEAR);
  }

  @ParameterizedTest
  @EnumSource(
      value = Search.class,
      names = {"HALTON", "RANDOM"})
  void theSameStudyHasTheSameTrialsAndEveryMethodAsMany(Search search) {
    SortedMap<String, List<Trial>> trials = Trials.of(study(search, 16));
    assertEquals(trials, Trials.of(study(search, 16)));
    assertEquals(Set.of("linear", "lora"), trials.keySet());
    trials.forEach(
        (method, ofMethod) -> {
          assertEquals(16, ofMethod.size());
          assertEquals(16, new HashSet<>(ofMethod.stream().map(one -> one.as(0)).toList()).size());
        });
    assertEquals(LORA.first(), trials.getOrDefault("lora", List.of()).get(0));
    assertEquals(LINEAR.first(), trials.getOrDefault("linear", List.of()).get(0));
  }

  @ParameterizedTest
  @EnumSource(
      value = Search.class,
      names = {"HALTON", "RANDOM"})
  void fewerTrialsAreTheFirstOfMore(Search search) {
    assertEquals(
        Trials.of(study(search, 5)).getOrDefault("lora", List.of()),
        Trials.of(study(search, 16)).getOrDefault("lora", List.of()).subList(0, 5));
  }

  @Test
  void trialsOfOneNumberHaveTheSameRateAndDecayInEveryMethod() {
    SortedMap<String, List<Trial>> trials = Trials.of(study(Search.HALTON, 16));
    for (int i = 1; i < 16; i++) {
      Trial lora = trials.getOrDefault("lora", List.of()).get(i);
      Trial linear = trials.getOrDefault("linear", List.of()).get(i);
      boolean same = lora.lr() == linear.lr() && lora.weightDecay() == linear.weightDecay();
      boolean defaultOfLinear = lora.lr() == LINEAR.lr() && lora.weightDecay() == 1e-4;
      assertEquals(!defaultOfLinear, same, lora + " and " + linear);
    }
  }

  @Test
  void haltonLeavesNoPartOfARangeOut() {
    List<Trial> trials = Trials.of(study(Search.HALTON, 17)).getOrDefault("lora", List.of());
    Set<Integer> decades = new HashSet<>();
    Set<Double> decays = new HashSet<>();
    Set<String> scales = new HashSet<>();
    for (Trial trial : trials.subList(1, trials.size())) {
      assertTrue(trial.lr() >= 1e-5 && trial.lr() <= 0.1, () -> trial.toString());
      decades.add((int) Math.floor(Math.log10(trial.lr() * (1 + 1e-9))));
      decays.add(trial.weightDecay());
      scales.add(trial.value("scale"));
      assertEquals("8", trial.options().get("rank"));
    }
    assertEquals(Set.of(-5, -4, -3, -2), decades);
    assertEquals(Set.of(1e-4, 0.05), decays);
    assertEquals(Set.of("0.1", "1", "10"), scales);
  }

  @Test
  void aSpaceWithTooFewPointsIsRefused() {
    Space small =
        new Space(Optional.of(Studies.choices("0.001", "0.01")), Optional.empty(), new TreeMap<>());
    Definition five = Studies.study(Search.HALTON, 5, small, LORA, LINEAR);
    assertRefused(() -> Trials.of(five), "linear has no more than 2 points", "5 trials");
    assertEquals(
        List.of(0.01, 0.001),
        Trials.of(Studies.study(Search.HALTON, 2, small, LINEAR))
            .getOrDefault("linear", List.of())
            .stream()
            .map(Trial::lr)
            .toList());
  }

  @Test
  void aGridHasEveryCombinationAfterTheDefault() {
    Space grid =
        new Space(
            Optional.of(Studies.choices("0.001", "0.003", "0.01")),
            Optional.of(Studies.DECAYS),
            new TreeMap<>());
    Definition study = Trials.settled(Studies.study(Search.GRID, 100, grid, LORA, LINEAR));
    assertEquals(6, study.trials());
    List<String> points =
        Trials.of(study).getOrDefault("linear", List.of()).stream()
            .map(trial -> trial.number() + " " + trial.lr() + " " + trial.weightDecay())
            .toList();
    assertEquals(
        List.of(
            "1 0.01 1.0E-4",
            "2 0.001 1.0E-4",
            "3 0.001 0.05",
            "4 0.003 1.0E-4",
            "5 0.003 0.05",
            "6 0.01 0.05"),
        points);
    assertRefused(
        () -> Trials.settled(Studies.study(Search.GRID, 5, grid, LORA)),
        "the grid has 6 points",
        "to be 5 trials");
  }

  @Test
  void aGridsRangesHaveAsManyLevelsAsFit() {
    Space grid = new Space(Optional.of(Studies.RATES), Optional.empty(), new TreeMap<>());
    Definition study = Trials.settled(Studies.study(Search.GRID, 6, grid, LORA));
    assertEquals(
        List.of(0.003, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1),
        Trials.of(study).getOrDefault("lora", List.of()).stream().map(Trial::lr).toList());
    assertEquals(study, Trials.settled(study));
  }

  @Test
  void aGridThatGivesMethodsDifferentNumbersIsRefused() {
    Space rates =
        new Space(
            Optional.of(Studies.choices("0.001", "0.003")), Optional.empty(), SPACE.methods());
    assertRefused(
        () -> Trials.settled(Studies.study(Search.GRID, 20, rates, LORA, LINEAR)),
        "different numbers of trials: linear 3, lora 6");
  }

  @Test
  void aWidenedStudyKeepsItsTrialsAndTriesWhatIsBeyond() {
    Definition study = study(Search.HALTON, 8);
    Space wider =
        Widening.of(study.space(), Map.of("linear", List.of("lr highest")), (m, value) -> true);
    assertEquals("0.00001 to 1, logarithmic", wider.lr().orElseThrow().toString());
    Definition widened = study.with(new Definition.Round(Widening.trials(study), wider));
    SortedMap<String, List<Trial>> trials = Trials.of(widened);
    trials.forEach(
        (method, all) -> {
          assertEquals(Trials.of(study).getOrDefault(method, List.of()), all.subList(0, 8));
          assertEquals(10, all.size());
          all.subList(8, 10).forEach(one -> assertTrue(one.lr() >= 0.1, () -> one.toString()));
        });
    assertNotEquals(study.study(), widened.study());
    assertEquals(10, widened.study().trials());
  }

  @Test
  void choicesAreWidenedByOneAsFarAsTheLastIsFromItsNeighbour() {
    Map<String, List<String>> edges = Map.of("lora", List.of("scale lowest", "scale highest"));
    assertEquals(
        "0.01, 0.1, 1, 10, 100", scales(Widening.of(SPACE, edges, (method, value) -> true)));
    assertEquals(
        "0.1, 1, 10, 100",
        scales(Widening.of(SPACE, edges, (method, value) -> value.getValue().equals("100"))));
    assertEquals(SPACE, Widening.of(SPACE, edges, (method, value) -> false));
    Definition widened =
        study(Search.HALTON, 8)
            .with(new Definition.Round(2, Widening.of(SPACE, edges, (m, value) -> true)));
    Set<String> beyond = new HashSet<>();
    Trials.of(widened)
        .getOrDefault("lora", List.of())
        .subList(8, 10)
        .forEach(one -> beyond.add(one.value("scale")));
    assertTrue(Set.of("0.01", "100").containsAll(beyond), () -> beyond.toString());
  }

  private static String scales(Space space) {
    return String.valueOf(space.options("lora").get("scale"));
  }

  @Test
  void choicesOfIntegersAreWidenedByAnInteger() {
    Map<String, List<String>> up = Map.of("lora", List.of("scale highest"));
    Space ranks = Studies.space(Map.of("lora.scale", Studies.choices("8", "12", "16")));
    assertEquals(
        "8, 12, 16, 21",
        scales(
            Widening.of(
                ranks, up, (method, value) -> value.getValue().chars().noneMatch(c -> c == '.'))));
    // 10.04 to three digits lies before the last.
    Space close = Studies.space(Map.of("lora.scale", Studies.choices("10.01", "10.02", "10.03")));
    assertEquals(close, Widening.of(close, up, (method, value) -> true));
  }

  @Test
  void rangesOfIntegersAreWidenedToIntegers() {
    SearchRange ranks = SearchRange.of(new SearchRange.Interval(4, 64, true, true));
    Space space = Studies.space(Map.of("lora.rank", ranks));
    Space wider =
        Widening.of(space, Map.of("lora", List.of("rank lowest", "rank highest")), (m, v) -> true);
    assertEquals("2 to 128, logarithmic", String.valueOf(wider.options("lora").get("rank")));
  }
}
