package org.peftbench.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.peftbench.weights.Fixtures.assertRefused;
import static org.peftbench.weights.Fixtures.get;
import static org.peftbench.weights.Fixtures.load;
import static org.peftbench.weights.Fixtures.vit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.file.Sha256;

class ShardedFileTest {

  private static final String ONE = "model-00001-of-00002.safetensors";
  private static final String TWO = "model-00002-of-00002.safetensors";

  @TempDir Path folder;
  private final Map<String, FloatTensor> whole = load(vit("vit_timm.safetensors"));
  private final Map<String, String> places = new LinkedHashMap<>();
  private Path index = Path.of("");

  @BeforeEach
  void writeShards() throws IOException {
    Map<String, FloatTensor> one = new LinkedHashMap<>();
    Map<String, FloatTensor> two = new LinkedHashMap<>();
    for (Map.Entry<String, FloatTensor> tensor : whole.entrySet()) {
      boolean first = one.size() <= two.size();
      (first ? one : two).put(tensor.getKey(), tensor.getValue());
      places.put(tensor.getKey(), first ? ONE : TWO);
    }
    SafetensorsWriter.write(folder.resolve(ONE), one, Map.of("format", "pt"));
    SafetensorsWriter.write(folder.resolve(TWO), two, Map.of("format", "pt"));
    index = folder.resolve("model.safetensors.index.json");
    writeIndex();
  }

  private void writeIndex() throws IOException {
    writeIndex(
        places.entrySet().stream()
            .map(place -> "\"%s\": \"%s\"".formatted(place.getKey(), place.getValue()))
            .collect(
                Collectors.joining(
                    ", ", "{\"metadata\": {\"total_size\": 1}, \"weight_map\": {", "}}")));
  }

  private void writeIndex(String text) throws IOException {
    Files.writeString(index, text);
  }

  private void assertRead(Path path) {
    try (BackboneWeights weights = BackboneWeights.open(path, vit("vit_config.json"))) {
      weights
          .config()
          .tensorShapes()
          .keySet()
          .forEach(
              name ->
                  assertArrayEquals(
                      get(whole, name).values(), weights.read(name, weights.config()), name));
      assertEquals(7, weights.head().orElseThrow().classes());
    }
  }

  @Test
  void shardsAreReadAsOneFile() {
    assertRead(index);
  }

  @Test
  void theFolderOfASnapshotIsReadAndTheWholeGoesBeforeItsParts() throws IOException {
    assertRead(folder);
    assertEquals(index, WeightFiles.find(folder));
    Path single = Files.copy(vit("vit_timm.safetensors"), folder.resolve("model.safetensors"));
    assertEquals(single, WeightFiles.find(folder));
    assertRead(folder);
  }

  /** In the cache of Hugging Face's hub, a snapshot is links to blobs beside it. */
  @Test
  void theFilesOfASnapshotMayBeLinks() throws IOException {
    Path blobs = Files.createDirectory(folder.resolve("blobs"));
    Path snapshot = Files.createDirectories(folder.resolve("snapshots/abc"));
    for (Path file : new Path[] {index, folder.resolve(ONE), folder.resolve(TWO)}) {
      Path blob = Files.move(file, blobs.resolve(file.getFileName() + ".blob"));
      Files.createSymbolicLink(snapshot.resolve(file.getFileName()), snapshot.relativize(blob));
    }
    assertRead(snapshot);
  }

  @Test
  void theHashIsThatOfWhatSha256sumPrintsAndCoversEveryShard() throws IOException {
    String printed =
        Sha256.of(folder.resolve(ONE))
            + "  "
            + ONE
            + "\n"
            + Sha256.of(folder.resolve(TWO))
            + "  "
            + TWO
            + "\n";
    String hash = WeightFiles.sha256(index);
    assertEquals(Sha256.of(printed.getBytes(UTF_8)), hash);
    byte[] bytes = Files.readAllBytes(folder.resolve(TWO));
    bytes[bytes.length - 1] ^= 1;
    Files.write(folder.resolve(TWO), bytes);
    assertNotEquals(hash, WeightFiles.sha256(index));
    assertEquals(Sha256.of(folder.resolve(ONE)), WeightFiles.sha256(folder.resolve(ONE)));
  }

  @Test
  void aPartAloneAndAFolderWithoutWeightsAreRefused() throws IOException {
    assertRefused(
        () -> WeightFiles.find(folder.resolve(TWO)),
        "one of 2 parts; give model.safetensors.index.json, which lists them");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(() -> WeightFiles.find(empty), "expected model.safetensors or model.safe");
    assertRefused(() -> WeightFiles.find(folder.resolve("absent")), "there is no weight file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../model.safetensors",
        "/etc/model.safetensors",
        "sub/model.safetensors",
        "..",
        ".hidden.safetensors",
        "model.bin",
        ""
      })
  void aPathOutOfTheFolderIsRefused(String path) throws IOException {
    places.put("norm.bias", path);
    writeIndex();
    assertRefused(
        () -> TensorFile.open(index).close(),
        "index.json: tensor 'norm.bias' is in '" + path + "', expected a file beside it");
  }

  @Test
  void indexAndShardsMustAgree() throws IOException {
    String moved = places.keySet().iterator().next();
    places.put(moved, TWO);
    writeIndex();
    assertRefused(() -> TensorFile.open(index).close(), ONE + ": holds '" + moved, "in " + TWO);
    places.remove(moved);
    writeIndex();
    assertRefused(() -> TensorFile.open(index).close(), ONE + ": holds '" + moved, "in no file");
    places.put(moved, ONE);
    places.put("nowhere", TWO);
    writeIndex();
    assertRefused(() -> TensorFile.open(index).close(), "'nowhere' is not in " + TWO);
    Files.delete(folder.resolve(ONE));
    assertRefused(() -> TensorFile.open(index).close(), "there is no '" + ONE + "' beside it");
  }

  @Test
  void whatIsNoIndexIsRefused() throws IOException {
    writeIndex("{\"metadata\": {}}");
    assertRefused(() -> TensorFile.open(index).close(), "has no weight_map");
    writeIndex("[]");
    assertRefused(() -> TensorFile.open(index).close(), "expected an object");
    writeIndex("{\"weight_map\": {\"a\": 7}}");
    assertRefused(() -> TensorFile.open(index).close(), "tensor 'a' is in ''");
    writeIndex("{\"weight_map\": {");
    assertRefused(() -> TensorFile.open(index).close(), "not JSON");
    writeIndex("[".repeat(100_000));
    assertRefused(() -> TensorFile.open(index).close(), "index.json: ");
    writeIndex(" ".repeat((16 << 20) + 1));
    assertRefused(() -> TensorFile.open(index).close(), "more than 16777216 bytes");
    writeIndex(
        IntStream.rangeClosed(0, 256)
            .mapToObj(i -> "\"%d\": \"%d.safetensors\"".formatted(i, i))
            .collect(Collectors.joining(",", "{\"weight_map\": {", "}}")));
    assertRefused(() -> TensorFile.open(index).close(), "names 257 files; at most 256");
  }
}
