package org.peftbench.weights;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.WrongInputException;

/** Damages structure at random places: whatever comes of it must be values or a refusal. */
class MutatedFileTest {

  private static final int MUTANTS = 400;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "vit_timm.safetensors, 0, 5208",
    "vit_hf.safetensors, 0, 8360",
    "vit_google.npz, 0, 40000",
    "vit_google.npz, 500000, 519026"
  })
  void mutantIsReadOrRefusedButNothingElse(String file, int from, int to) throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.vit(file));
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = whole.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        mutant[from + random.nextInt(to - from)] = (byte) random.nextInt(256);
      }
      refused += refuses(Files.write(folder.resolve("mutant"), mutant)) ? 1 : 0;
    }
    assertTrue(refused > MUTANTS / 10, "only " + refused + " refused");
  }

  /** Any exception but the one for wrong input fails the test. */
  private static boolean refuses(Path path) {
    try (BackboneWeights weights = BackboneWeights.open(path, Fixtures.vit("vit_config.json"))) {
      weights
          .config()
          .tensorShapes()
          .keySet()
          .forEach(name -> weights.read(name, weights.config()));
      return false;
    } catch (WrongInputException e) {
      assertFalse(String.valueOf(e.getMessage()).contains("\n"), e.getMessage());
      return true;
    }
  }
}
