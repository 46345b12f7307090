package org.peftbench.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.image.Refusal.assertRefused;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peftbench.cell.MethodChoice;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.MethodFacts;

/** What users type after {@code --methods}; jars are tested from end to end. */
class MethodsTest {

  private static final ViTConfig BACKBONE = ViTConfig.named("vit-ti16");

  private final Methods methods = new Methods(Optional::empty);

  @Test
  void allStandsForEveryMethod() {
    assertEquals(List.of("probe", "shift", "stack"), labels("all"));
  }

  @Test
  void commasInBracketsBelongToTheMethod() {
    assertEquals(
        List.of("shift[scale=2,steps=3]", "probe", "shift"),
        labels("shift[steps=3,scale=2], probe ,shift[]"));
  }

  @Test
  void aValueHasOneSpellingWhateverWasTyped() {
    assertEquals(labels("shift[scale=2]"), labels("shift[scale=2.0]"));
    assertEquals(labels("shift"), labels("shift[scale=1.00,steps=2,place=both-ends]"));
  }

  @Test
  void defaultsAreResolvedAndOnlyDifferencesAreInTheLabel() {
    MethodFacts bound = resolve("shift[place=middle,zero-init=false]").get(0);
    assertEquals(
        Map.of(
            "steps",
            "2",
            "offset",
            "0",
            "scale",
            "1",
            "zero-init",
            "false",
            "place",
            "middle",
            "remark",
            "none"),
        bound.choice().options());
    assertEquals("shift[place=middle,zero-init=false]", bound.choice().label());
  }

  @Test
  void unknownMethodListsWhatIsAvailable() {
    assertRefused(() -> resolve("lorra"), "unknown method 'lorra'; available: probe, shift, stack");
    assertRefused(() -> resolve("probe,Shift"), "unknown method 'Shift'");
  }

  @Test
  void unknownOptionListsTheOptions() {
    assertRefused(
        () -> resolve("shift[rank=4]"),
        "shift has no option 'rank'; it has steps, offset, scale, zero-init, place, remark");
    assertRefused(() -> resolve("probe[rank=4]"), "probe has no option 'rank'; it has none");
  }

  @Test
  void valueThatDoesNotFitSaysWhatWould() {
    assertRefused(
        () -> resolve("shift[steps=0]"),
        "shift: steps=0 is not possible; expected an integer from 1 to 64");
    assertRefused(() -> resolve("shift[steps=2.5]"), "expected an integer from 1 to 64");
    assertRefused(() -> resolve("shift[steps=99999999999]"), "an integer from 1 to 64");
    assertRefused(() -> resolve("shift[offset=-1]"), "expected an integer of at least 0");
    assertRefused(() -> resolve("shift[scale=11]"), "expected a number of at most 10");
    assertRefused(() -> resolve("shift[scale=NaN]"), "scale=NaN is not possible");
    assertRefused(() -> resolve("shift[scale=-Infinity]"), "is not possible");
    assertRefused(() -> resolve("shift[zero-init=yes]"), "expected true or false");
    assertRefused(() -> resolve("shift[place=MIDDLE]"), "expected one of both-ends, middle");
  }

  @Test
  void valuesThatDoNotFitEachOtherSayWhy() {
    assertRefused(() -> resolve("shift[offset=3]"), "shift: offset 3 cannot begin at zero");
  }

  @Test
  void sameMethodTwiceIsRefused() {
    assertRefused(() -> resolve("probe,shift,probe"), "'probe' is given twice");
    assertRefused(() -> resolve("shift[steps=3,steps=4]"), "shift: option 'steps' is given twice");
    assertRefused(() -> resolve("shift,shift[scale=1.0]"), "twice", "shift");
  }

  @Test
  void malformedListSaysWhereItIsStuck() {
    assertRefused(() -> resolve(""), "is not a list of methods", "last,lora[rank=8]");
    assertRefused(() -> resolve("probe,"), "is not a list of methods");
    assertRefused(() -> resolve("shift[steps=3"), "stuck at '[steps=3'");
    assertRefused(() -> resolve("probe shift"), "stuck at 'shift'");
    assertRefused(() -> resolve("shift[steps]"), "'steps' is not of the form name=value");
  }

  private List<String> labels(String text) {
    return resolve(text).stream().map(bound -> bound.choice().label()).toList();
  }

  @Test
  void aPresetIsWhatWasPublishedForTheTask() {
    MethodChoice choice = choice("shift[preset=paper]", "svhn");
    assertEquals("shift[preset=paper]", choice.label());
    assertEquals("5", choice.options().get("steps"));
    assertEquals("1", choice("shift[preset=paper]", "cifar100").options().get("steps"));
    assertEquals(choice.acrossTasks(), choice("shift[preset=paper]", "cifar100").acrossTasks());
  }

  @Test
  void whatIsTypedBesideAPresetCounts() {
    MethodChoice choice = choice("shift[preset=paper,steps=3]", "svhn");
    assertEquals("shift[preset=paper,steps=3]", choice.label());
    assertEquals("3", choice.options().get("steps"));
    assertEquals("0.5", choice.options().get("scale"));
  }

  @Test
  void aPresetThatIsNotThereSaysWhatIs() {
    assertRefused(
        () -> choice("shift[preset=other]", "svhn"), "shift has no preset 'other'; it has paper");
    assertRefused(() -> choice("probe[preset=other]", "svhn"), "'other'; it has none");
    assertRefused(
        () -> choice("shift[preset=paper]", "dtd"),
        "has nothing for dtd; it is for cifar100, svhn");
    assertRefused(() -> resolve("shift[preset=paper]"), "differs from task to task");
  }

  private MethodChoice choice(String text, String task) {
    return methods.candidates(methods.asked(text), BACKBONE, Optional.of(task)).get(0).choice();
  }

  private List<MethodFacts> resolve(String text) {
    return methods.resolve(text, BACKBONE);
  }
}
