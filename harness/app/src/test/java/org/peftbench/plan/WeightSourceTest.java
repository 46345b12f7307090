package org.peftbench.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.file.Sha256;
import org.peftbench.image.Normalization;
import org.peftbench.model.ViTConfig;
import org.peftbench.weights.FloatTensor;
import org.peftbench.weights.SafetensorsWriter;

class WeightSourceTest {

  private static final ViTConfig POCKET = ViTConfig.named("vit-pocket");

  @TempDir Path folder;

  @Test
  void randomValuesHaveNoFileAndNothingThatTheyWereTrainedWith() {
    assertEquals(
        new WeightSource("random", Optional.empty(), "", Optional.empty(), List.of()),
        find("random"));
  }

  @Test
  void aFileIsNamedWithoutItsFolderAndItsNormalisationIsNotKnown() throws IOException {
    Path file = write(tensors());
    assertEquals(
        new WeightSource(
            "mine.safetensors",
            Optional.of(file.toAbsolutePath()),
            Sha256.of(file),
            Optional.empty(),
            List.of()),
        find(file.toString()));
    assertFalse(Files.exists(weightFolder()));
  }

  @Test
  void aFolderIsItsWeightsAndTheirDecoderIsNoted() throws IOException {
    Map<String, FloatTensor> tensors = tensors();
    tensors.put("decoder_norm.bias", zeros(List.of(4L)));
    Path snapshot = Files.createDirectory(folder.resolve("snapshot"));
    Path file = Files.move(write(tensors), snapshot.resolve("model.safetensors"));
    assertEquals(
        new WeightSource(
            "model.safetensors",
            Optional.of(file.toAbsolutePath()),
            Sha256.of(file),
            Optional.empty(),
            List.of("model.safetensors: 1 tensors of a decoder are left out")),
        find(snapshot.toString()));
  }

  @Test
  void aMissingFileIsNamedAndPublicWeightsArePointedTo() {
    Path missing = folder.resolve("mine.safetensors");
    assertRefused(
        () -> find(missing.toString()),
        "there is no weight file " + missing,
        "bench list backbones names public weights");
    assertRefused(() -> find("mine.npz"), "there is no weight file mine.npz");
  }

  @Test
  void aFileOfAnotherTransformerIsRefused() throws IOException {
    Path file = write(tensors());
    assertRefused(
        () ->
            WeightSource.find(
                Optional.of(file.toString()),
                "vit-b16",
                ViTConfig.named("vit-b16"),
                weightFolder()),
        file.toString(),
        "does not fit the transformer");
  }

  @Test
  void aValueThatIsNotFiniteIsFoundBeforeAnythingStarts() throws IOException {
    Map<String, FloatTensor> tensors = tensors();
    Objects.requireNonNull(tensors.get("norm.bias")).values()[2] = Float.NaN;
    Path file = write(tensors);
    assertRefused(() -> find(file.toString()), "tensor 'norm.bias' contains NaN at place 2");
  }

  @Test
  void weightsThatComeWithTheProgramAreTheDefaultOfTheirBackboneAndAreUnpacked() {
    WeightSource bundled =
        WeightSource.find(Optional.empty(), "vit-pocket", POCKET, weightFolder());
    Path unpacked = weightFolder().resolve("vit-pocket-world.safetensors");
    assertEquals(
        new WeightSource(
            "vit-pocket-world",
            Optional.of(unpacked.toAbsolutePath()),
            Sha256.of(unpacked),
            Optional.of(Normalization.INCEPTION),
            List.of()),
        bundled);
    assertEquals(bundled, find("vit-pocket-world"));
  }

  @Test
  void weightsThatAreNotHereYetSayHowToFetchThem() {
    ViTConfig config = ViTConfig.named("vit-b16");
    for (Optional<String> given : List.of(Optional.of("vit-b16-in21k"), Optional.<String>empty())) {
      assertRefused(
          () -> WeightSource.find(given, "vit-b16", config, weightFolder()),
          "the weights vit-b16-in21k are not here yet",
          "bench backbone download vit-b16-in21k",
          "--weights random");
    }
  }

  @Test
  void weightsOfAnotherBackboneAreRefused() {
    assertRefused(
        () -> find("vit-b16-in21k"), "vit-b16-in21k are weights of vit-b16, not of vit-pocket");
  }

  @Test
  void aNameThatNobodyKnowsIsRefusedWithThoseThatAreKnown() {
    assertRefused(() -> find("vit-x"), "unknown weights 'vit-x'", "vit-pocket-world");
  }

  @Test
  void aBackboneWithoutPublicWeightsNeedsThemGiven() {
    assertRefused(
        () -> WeightSource.find(Optional.empty(), "vit-mine", POCKET, weightFolder()),
        "no public weights are known for vit-mine",
        "--weights FILE");
  }

  private WeightSource find(String given) {
    return WeightSource.find(Optional.of(given), "vit-pocket", POCKET, weightFolder());
  }

  private Path weightFolder() {
    return folder.resolve("weights");
  }

  private Path write(Map<String, FloatTensor> tensors) throws IOException {
    Path file = folder.resolve("mine.safetensors");
    SafetensorsWriter.write(file, tensors, Map.of());
    return file;
  }

  /** All that the transformer needs, all zero. */
  private static Map<String, FloatTensor> tensors() {
    Map<String, FloatTensor> tensors = new TreeMap<>();
    POCKET.tensorShapes().forEach((name, shape) -> tensors.put(name, zeros(shape)));
    return tensors;
  }

  private static FloatTensor zeros(List<Long> shape) {
    long values = shape.stream().reduce(1L, (one, other) -> one * other);
    return new FloatTensor(shape, new float[(int) values]);
  }
}
