package org.peftbench.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.weights.Fixtures.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.file.Sha256;
import org.peftbench.image.Normalization;
import org.peftbench.model.ViTConfig;

class KnownWeightsTest {

  private final KnownWeights known = KnownWeights.builtIn();

  @Test
  void everyEntryFitsAKnownBackboneAndIsFetchedSafely() {
    for (KnownWeight weight : known.all()) {
      assertEquals(weight.imageSize(), ViTConfig.named(weight.backbone()).imageSize());
      assertEquals(1, known.all().stream().filter(w -> w.name().equals(weight.name())).count());
      weight.addresses().forEach(address -> assertEquals("https", address.getScheme()));
      weight.sha256().ifPresent(hash -> assertTrue(hash.matches("[0-9a-f]{64}"), hash));
    }
  }

  @Test
  void defaultForVitB16IsTheOriginalNotAugReg() {
    assertEquals("vit-b16-in21k", known.defaultFor("vit-b16").orElseThrow().name());
    assertTrue(known.defaultFor("vit-e14").isEmpty());
  }

  @Test
  void whatComesWithTheProgramIsUnpackedAndFits(@TempDir Path folder) throws IOException {
    KnownWeight pocket = known.defaultFor(ViTConfig.POCKET).orElseThrow();
    assertTrue(pocket.isBundled());
    WeightDownload download = new WeightDownload(folder);
    Path file = download.fetch(pocket, (bytes, total) -> {}).file();
    assertTrue(Files.size(file) <= 6_000_000, () -> "too large to ship");
    assertEquals(pocket.sha256().orElseThrow(), Sha256.of(file));
    try (BackboneWeights weights = BackboneWeights.open(file)) {
      weights.check(ViTConfig.named(ViTConfig.POCKET));
    }
    Files.write(file, new byte[] {1, 2, 3}); // damaged: it is put right
    assertEquals(file, download.fetch(pocket, (bytes, total) -> {}).file());
    assertEquals(pocket.sha256().orElseThrow(), Sha256.of(file));
  }

  @Test
  void normalizationIsThatOfTraining() {
    assertEquals(Normalization.IMAGENET, known.find("deit-ti16-in1k").normalization());
    assertEquals(Normalization.INCEPTION, known.find("vit-b16-in21k").normalization());
  }

  @Test
  void unknownNameListsTheKnown() {
    assertRefused(() -> known.find("vit-b17"), "unknown weights 'vit-b17'", "vit-l16-in21k");
  }
}
