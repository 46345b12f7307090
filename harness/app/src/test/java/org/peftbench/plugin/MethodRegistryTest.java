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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.MethodChoice;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.PeftMethod;

class MethodRegistryTest {

  private static final MethodRegistry METHODS = MethodRegistry.builtIn();

  private static final ViTConfig BACKBONE = ViTConfig.named("vit-ti16");

  @TempDir Path jar;

  @Test
  void methodsAreFoundAndSorted() {
    assertEquals(
        List.of("probe", "shift", "stack"),
        METHODS.describe().stream().map(MethodDescription::id).toList());
  }

  @Test
  void whatWasResolvedBindsToTheSameAgain() {
    MethodChoice choice =
        METHODS.bind("shift", Map.of("steps", "4", "scale", "0.5"), BACKBONE).choice();
    LoadedMethod<?> bound = METHODS.bind(choice);
    assertEquals(choice, bound.choice());
    assertEquals(
        new ShiftConfig(4, 0, 0.5, true, ShiftConfig.Place.BOTH_ENDS, "none"), bound.config());
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
        METHODS.describe().get(1).options().stream().map(MethodDescription.Option::range).toList());
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
    assertRefused(() -> discover("org.example.Absent"), "a method cannot be loaded", "Absent");
  }

  private MethodRegistry discover(String provider) throws IOException {
    Path services = Files.createDirectories(jar.resolve("META-INF/services"));
    Files.writeString(services.resolve(PeftMethod.class.getName()), provider + "\n");
    ClassLoader parent = MethodRegistryTest.class.getClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, parent)) {
      return MethodRegistry.discover(loader, Optional.empty());
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
