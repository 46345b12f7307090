package org.peftbench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who goes on, and who wins. */
class ChoiceTest {

  private static final Space RATES =
      new Space(Optional.of(Studies.RATES), Optional.empty(), new TreeMap<>());
  private static final Entrant PROBE = Studies.entrant("probe", 0.001);

  private static Definition study(List<Integer> rungs, int trials) {
    return Studies.on(List.of("mine"), Search.HALTON, trials, RATES, rungs, false, PROBE);
  }

  private static Tried on(int number, double lr, long parameters, int... correct) {
    return Studies.tried(number, lr, parameters, Map.of("mine", Studies.scores(correct)));
  }

  private static List<Integer> numbers(List<Tried> trials) {
    return trials.stream().map(one -> one.trial().number()).toList();
  }

  private static Choice choice(Definition study, List<Tried> all) {
    return Objects.requireNonNull(Choice.of(study, "probe", all).get("mine"));
  }

  @Test
  void theBestOfARungGoOnAndSoDoesTheDefault() {
    Rungs rungs = new Rungs(study(List.of(1, 3), 7), List.of("mine"));
    List<Tried> all =
        List.of(
            on(1, 0.001, 5, 10),
            on(2, 0.001, 5, 20),
            on(3, 0.001, 5, 30),
            on(4, 0.001, 5, 40),
            on(5, 0.001, 5, 50),
            on(6, 0.001, 5, -1),
            on(7, 0.001, 5, 60));
    assertEquals(7, rungs.reaching(0, all).size());
    // 7 trials with 1 seed are 3 with 3, rounded up.
    assertEquals(List.of(1, 4, 5, 7), numbers(rungs.reaching(1, all)));
  }

  @Test
  void nothingThatFailedGoesOnBeItTheDefault() {
    Rungs rungs = new Rungs(study(List.of(1, 2), 3), List.of("mine"));
    List<Tried> all = List.of(on(1, 0.001, 5, -1), on(2, 0.01, 5, -1), on(3, 0.1, 5, 1));
    assertEquals(List.of(3), numbers(rungs.reaching(1, all)));
    List<Tried> none = List.of(on(1, 0.001, 5, -1), on(2, 0.01, 5, -1), on(3, 0.1, 5, -1));
    assertEquals(List.of(), rungs.reaching(1, none));
    assertEquals(Map.of(), Choice.of(study(List.of(1, 2), 3), "probe", none));
  }

  @Test
  void onlyWhatReachedTheLastRungCanWinByTheMeanOverAllSeeds() {
    List<Tried> all =
        List.of(
            on(1, 0.001, 5, 100, 100, 100),
            on(2, 0.01, 5, 150, 90, 90), // best at first
            on(3, 0.1, 5, 140));
    Choice choice = choice(study(List.of(1, 3), 3), all);
    assertEquals(2, choice.trial());
    assertEquals(55.0, choice.mean());
    assertEquals(Optional.of(50.0), choice.defaultMean());
    assertEquals(2, choice.compared());
    assertEquals(3, choice.seeds());
  }

  @Test
  void tiesGoToTheSmallerRateThenToFewerParametersThenToTheEarlier() {
    Definition study = study(List.of(2), 4);
    List<Tried> all =
        List.of(
            on(1, 0.1, 5, 99, 101),
            on(2, 0.01, 6, 100, 100),
            on(3, 0.01, 5, 101, 99),
            on(4, 0.01, 5, 100, 100));
    assertEquals(3, choice(study, all).trial());
    assertEquals(2, choice(study, all.subList(0, 2)).trial());
  }

  @Test
  void aTrialThatFailedWithOneSeedLosesToAllOthers() {
    Definition study = study(List.of(2), 3);
    Choice choice =
        choice(
            study, List.of(on(1, 0.001, 5, 3, 4), on(2, 0.01, 5, 200, -1), on(3, 0.1, 5, -1, 200)));
    assertEquals(1, choice.trial());
    assertEquals(2, choice.failedTrials());
    assertEquals(1, choice.compared());
  }

  @Test
  void thoseWithinAStandardErrorOfTheBestAreCounted() {
    // 75 % of 200 images: an error of 3.06 points, six images, however many seeds.
    Choice choice =
        choice(
            study(List.of(2), 4),
            List.of(
                on(1, 0.001, 5, 150, 150),
                on(2, 0.01, 5, 144, 144),
                on(3, 0.02, 5, 143, 143),
                on(4, 0.1, 5, 100, 100)));
    assertEquals(2, choice.withinOneError());
    assertEquals(4, choice.compared());
  }

  @Test
  void oneChoiceForAllTasksGoesByTheMeanOverThem() {
    Definition study = Studies.of(Search.HALTON, 2, RATES, List.of(1), true, PROBE);
    List<Tried> all =
        List.of(
            Studies.tried(
                1, 0.001, 5, Map.of("mine", Studies.scores(100), "svhn", Studies.scores(150))),
            Studies.tried(
                2, 0.01, 5, Map.of("mine", Studies.scores(160), "svhn", Studies.scores(100))));
    Map<String, Choice> choices = Choice.of(study, "probe", all);
    assertEquals(Set.of(Definition.ALL_TASKS), choices.keySet());
    Choice choice = Objects.requireNonNull(choices.get(Definition.ALL_TASKS));
    assertEquals(2, choice.trial());
    assertEquals(65.0, choice.mean());
    assertEquals(Optional.of(62.5), choice.defaultMean());
  }

  @Test
  void theLowestAndHighestOfWhatWasTriedAreEdges() {
    assertEquals(List.of("lr highest"), edges(3, 0.0001, 0.001, 0.05));
    assertEquals(List.of("lr lowest"), edges(1, 0.00002, 0.001, 0.05));
    assertEquals(List.of(), edges(2, 0.0001, 0.001, 0.05));
    assertEquals(List.of(), edges(3, 0.0001, 0.0002, 0.003), "0.1 is far, more trials come first");
    assertEquals(List.of(), edges(2, 0.0001, 0.05), "of two each is the lowest or highest");
  }

  private static List<String> edges(int best, double... rates) {
    List<Tried> all =
        IntStream.rangeClosed(1, rates.length)
            .mapToObj(number -> on(number, rates[number - 1], 5, number == best ? 150 : 100))
            .toList();
    return choice(study(List.of(1), rates.length), all).edges();
  }

  @Test
  void choicesHaveEdgesIfThereAreThree() {
    Space three =
        new Space(
            Optional.of(Studies.choices("0.001", "0.01", "0.1")),
            Optional.of(Studies.DECAYS),
            new TreeMap<>());
    List<Tried> all = List.of(on(1, 0.1, 5, 100), on(2, 0.01, 5, 90));
    assertEquals(
        List.of("lr highest"),
        Edges.of(three.of("probe"), all.get(0).trial(), all),
        "whether or not all were tried");
    assertEquals(List.of(), Edges.of(three.of("probe"), all.get(1).trial(), all));
  }

  @Test
  void theBestOfManyIsExpectedByTheClosedForm() {
    List<Double> values = List.of(10.0, 30.0, 20.0, 40.0);
    assertEquals(25.0, Budget.expectedBest(values, 1), 1e-12);
    // All 16 pairs: 1 x 10, 3 x 20, 5 x 30, 7 x 40.
    assertEquals((10 + 60 + 150 + 280) / 16.0, Budget.expectedBest(values, 2), 1e-12);
    assertEquals(40.0, Budget.expectedBest(values, 1000), 1e-9);
  }

  @Test
  void whatExplainsEverythingExplainsAll() {
    List<Standing> byRate =
        IntStream.rangeClosed(1, 9)
            .mapToObj(i -> on(i, i <= 3 ? 1e-5 : i <= 6 ? 1e-4 : 1e-3, 5, i <= 6 ? 100 : 150))
            .map(one -> Standing.of(one, List.of("mine"), 1))
            .toList();
    Space.Dimension lr = RATES.of("probe").get(0);
    assertEquals(Optional.of(1.0), Budget.explained(byRate, lr));
    assertEquals(Optional.empty(), Budget.explained(byRate.subList(0, 7), lr));
    assertEquals(Optional.empty(), Budget.explained(byRate.subList(0, 6), lr));
    Space.Dimension decay = new Space.Dimension(Space.WEIGHT_DECAY, Studies.DECAYS);
    assertEquals(Optional.of(0.0), Budget.explained(byRate, decay));
  }

  @Test
  void rungsMustEndWithAllSeeds() {
    Definition study = study(List.of(1, 3), 3);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Definition(
                study.name(),
                study.methods(),
                study.tasks(),
                study.search(),
                study.rounds(),
                List.of(0L, 1L),
                study.rungs(),
                false,
                study.setting()));
  }
}
