package org.peftbench.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.weights.FloatTensor;
import org.peftbench.weights.SafetensorsWriter;
import org.peftbench.weights.TensorFile;

/** The forward pass against what PyTorch computed from the same weights. */
class BackboneCheckTest {

  private static final Optional<Path> CONFIG = Optional.of(vit("vit_config.json"));
  private static final Path REFERENCE = vit("vit_expected.safetensors");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"vit_timm.safetensors", "vit_hf.safetensors", "vit_google.npz"})
  void everyTapAndTheLogitsAreThoseOfPyTorch(String weights) {
    Map<String, Double> differences = BackboneCheck.compare(vit(weights), REFERENCE, CONFIG);
    assertTrue(differences.keySet().containsAll(taps(reference())), differences.toString());
    assertTrue(differences.containsKey("logits"));
    differences.forEach(
        (name, difference) -> assertTrue(difference < 1e-4, name + " differs by " + difference));
  }

  @Test
  void differencesAreReportedWhereTheyAre() throws IOException {
    Map<String, FloatTensor> changed = reference();
    FloatTensor logits = Objects.requireNonNull(changed.get("logits"));
    float[] values = logits.values().clone();
    values[3] += 2;
    changed.put("logits", new FloatTensor(logits.shape(), values));
    Map<String, Double> differences = compare(changed);
    assertEquals(2, Objects.requireNonNull(differences.remove("logits")), 1e-3);
    assertTrue(Collections.max(differences.values()) < 1e-4);
  }

  @Test
  void tapOfAnotherShapeIsRefused() throws IOException {
    Map<String, FloatTensor> changed = reference();
    FloatTensor tap = Objects.requireNonNull(changed.get("tap_2"));
    long values = tap.values().length;
    changed.put("tap_2", new FloatTensor(List.of(values / 48, 48L), tap.values()));
    assertRefused(() -> compare(changed), "tap_2 has shape", "expected", "changed.safetensors");
  }

  @Test
  void inputOfAnotherSizeIsRefused() throws IOException {
    Map<String, FloatTensor> changed = reference();
    changed.put("input", new FloatTensor(List.of(1L, 3L, 16L, 16L), new float[3 * 16 * 16]));
    assertRefused(() -> compare(changed), "input has shape", "expected");
  }

  @Test
  void referenceWithoutInputIsRefused() throws IOException {
    Map<String, FloatTensor> changed = reference();
    changed.remove("input");
    assertRefused(() -> compare(changed), "has no tensor 'input'; it has");
  }

  @Test
  void referenceWithNothingToCompareIsRefused() throws IOException {
    Map<String, FloatTensor> changed = reference();
    changed.keySet().removeIf(name -> !name.equals("input"));
    assertRefused(() -> compare(changed), "has neither logits nor tap_0 to tap_4");
  }

  private Map<String, Double> compare(Map<String, FloatTensor> reference) throws IOException {
    Path file = folder.resolve("changed.safetensors");
    SafetensorsWriter.write(file, reference, Map.of());
    return BackboneCheck.compare(vit("vit_timm.safetensors"), file, CONFIG);
  }

  private static Set<String> taps(Map<String, FloatTensor> reference) {
    Map<String, FloatTensor> taps = new TreeMap<>(reference);
    taps.keySet().removeIf(name -> !name.startsWith("tap_"));
    assertEquals(5, taps.size());
    return taps.keySet();
  }

  /** The reference's float tensors; its labels are integers. */
  private static Map<String, FloatTensor> reference() {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    try (TensorFile file = TensorFile.open(REFERENCE)) {
      file.tensors()
          .forEach(
              (name, info) -> {
                if (!name.equals("labels")) {
                  tensors.put(name, new FloatTensor(info.shape(), file.read(name)));
                }
              });
    }
    return tensors;
  }

  private static Path vit(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(BackboneCheckTest.class.getResource("/vit/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
