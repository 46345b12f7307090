package org.peftbench.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.PeftMethod;

class MethodRegistryTest {

  private static final MethodRegistry METHODS =
      MethodRegistry.discover(MethodRegistryTest.class.getClassLoader());

  @TempDir Path jar;

  @Test
  void methodsAreFoundAndSorted() {
    assertEquals(List.of("probe", "shift", "stack"), List.copyOf(METHODS.ids()));
    assertEquals(
        List.of("probe", "shift", "stack"),
        METHODS.methods().stream().map(PeftMethod::id).toList());
  }

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
    BoundMethod<?> bound = METHODS.resolve("shift[place=middle,zero-init=false]").get(0);
    assertEquals(new ShiftConfig(2, 0, 1, false, ShiftConfig.Place.MIDDLE, "none"), bound.config());
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
  void whatWasResolvedBindsToTheSameAgain() {
    BoundMethod<?> bound = METHODS.resolve("shift[steps=4,scale=0.5]").get(0);
    assertEquals(bound, BoundMethod.bind(METHODS.find("shift"), bound.choice().options()));
  }

  @Test
  void rangesAreSaidInWords() {
    assertEquals(
        List.of(
            "an integer from 1 to 64",
            "an integer of at least 0",
            "a number of at most 10",
            "true or false",
            "one of both-ends, middle",
            "any text"),
        MethodOption.of(METHODS.find("shift")).stream().map(MethodOption::range).toList());
  }

  @Test
  void unknownMethodListsWhatIsAvailable() {
    assertRefused(
        () -> METHODS.resolve("lorra"), "unknown method 'lorra'; available: probe, shift, stack");
    assertRefused(() -> METHODS.resolve("probe,Shift"), "unknown method 'Shift'");
  }

  @Test
  void unknownOptionListsTheOptions() {
    assertRefused(
        () -> METHODS.resolve("shift[rank=4]"),
        "shift has no option 'rank'; it has steps, offset, scale, zero-init, place, remark");
    assertRefused(
        () -> METHODS.resolve("probe[rank=4]"), "probe has no option 'rank'; it has none");
  }

  @Test
  void valueThatDoesNotFitSaysWhatWould() {
    assertRefused(
        () -> METHODS.resolve("shift[steps=0]"),
        "shift: steps=0 is not possible; expected an integer from 1 to 64");
    assertRefused(() -> METHODS.resolve("shift[steps=2.5]"), "expected an integer from 1 to 64");
    assertRefused(() -> METHODS.resolve("shift[steps=99999999999]"), "an integer from 1 to 64");
    assertRefused(() -> METHODS.resolve("shift[offset=-1]"), "expected an integer of at least 0");
    assertRefused(() -> METHODS.resolve("shift[scale=11]"), "expected a number of at most 10");
    assertRefused(() -> METHODS.resolve("shift[scale=NaN]"), "scale=NaN is not possible");
    assertRefused(() -> METHODS.resolve("shift[scale=-Infinity]"), "is not possible");
    assertRefused(() -> METHODS.resolve("shift[zero-init=yes]"), "expected true or false");
    assertRefused(
        () -> METHODS.resolve("shift[place=MIDDLE]"), "expected one of both-ends, middle");
  }

  @Test
  void valuesThatDoNotFitEachOtherSayWhy() {
    assertRefused(() -> METHODS.resolve("shift[offset=3]"), "shift: offset 3 cannot begin at zero");
  }

  @Test
  void sameMethodTwiceIsRefused() {
    assertRefused(() -> METHODS.resolve("probe,shift,probe"), "'probe' is given twice");
    assertRefused(
        () -> METHODS.resolve("shift[steps=3,steps=4]"), "shift: option 'steps' is given twice");
    assertRefused(() -> METHODS.resolve("shift,shift[scale=1.0]"), "twice", "shift");
  }

  @Test
  void malformedListSaysWhereItIsStuck() {
    assertRefused(() -> METHODS.resolve(""), "is not a list of methods", "last,lora[rank=8]");
    assertRefused(() -> METHODS.resolve("probe,"), "is not a list of methods");
    assertRefused(() -> METHODS.resolve("shift[steps=3"), "stuck at '[steps=3'");
    assertRefused(() -> METHODS.resolve("probe shift"), "stuck at 'shift'");
    assertRefused(() -> METHODS.resolve("shift[steps]"), "'steps' is not of the form name=value");
  }

  @Test
  void twoMethodsOfOneNameAreBothNamed() throws IOException {
    assertRefused(
        () -> discover(SecondProbe.class.getName()),
        "two methods are called 'probe'",
        ProbeMethod.class.getName(),
        SecondProbe.class.getName());
  }

  @Test
  void idThatNobodyCouldTypeIsRefused() {
    assertRefused(
        () -> discover(Shouting.class.getName()), "calls itself 'LOUD'", "lower-case words");
  }

  @Test
  void providerThatCannotBeMadeIsRefused() {
    assertRefused(
        () -> discover("org.example.Absent"), "a method plugin cannot be loaded", "Absent");
  }

  private static List<String> labels(String methods) {
    return METHODS.resolve(methods).stream().map(bound -> bound.choice().label()).toList();
  }

  private MethodRegistry discover(String provider) throws IOException {
    Path services = Files.createDirectories(jar.resolve("META-INF/services"));
    Files.writeString(services.resolve(PeftMethod.class.getName()), provider + "\n");
    ClassLoader parent = MethodRegistryTest.class.getClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, parent)) {
      return MethodRegistry.discover(loader);
    }
  }

  /** A method whose name can be chosen. */
  private abstract static class Named implements BackboneMethod<ProbeMethod.None> {

    private final String id;

    Named(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String title() {
      return "";
    }

    @Override
    public String bibtex() {
      return "";
    }

    @Override
    public Class<ProbeMethod.None> configType() {
      return ProbeMethod.None.class;
    }

    @Override
    public String equation() {
      return "";
    }

    @Override
    public boolean startsAsBackbone(ProbeMethod.None config) {
      return true;
    }

    @Override
    public long trainableParameters(ProbeMethod.None config, ViTConfig backbone) {
      return 0;
    }

    @Override
    public void adapt(ProbeMethod.None config, VisionTransformer backbone) {}
  }

  /** Has the id of another method. */
  public static final class SecondProbe extends Named {
    public SecondProbe() {
      super("probe");
    }
  }

  /** Has an id that is no id. */
  public static final class Shouting extends Named {
    public Shouting() {
      super("LOUD");
    }
  }
}
