package org.peftbench.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.peftbench.weights.Fixtures.assertRefused;
import static org.peftbench.weights.Fixtures.get;
import static org.peftbench.weights.Fixtures.safetensors;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

  @TempDir Path folder;

  private void assertHeaderRefused(String header, int dataBytes, String... says)
      throws IOException {
    Path path = safetensors(folder, header, dataBytes);
    assertRefused(() -> TensorFile.open(path).close(), says);
  }

  @Test
  void writtenFileReadsBackBitForBit() throws IOException {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    tensors.put(
        "z", new FloatTensor(List.of(2L, 3L), new float[] {1, -0f, 3e38f, 0x1p-149f, 5, 6}));
    tensors.put("a", new FloatTensor(List.of(), new float[] {7}));
    tensors.put("empty", new FloatTensor(List.of(0L, 4L), new float[0]));
    Path path = folder.resolve("written.safetensors");
    SafetensorsWriter.write(path, tensors, Map.of("seed", "0 \"quoted\""));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(Map.of("seed", "0 \"quoted\""), file.metadata());
      assertEquals(List.of(2L, 3L), get(file.tensors(), "z").shape());
      assertArrayEquals(get(tensors, "z").values(), file.read("z"));
      assertArrayEquals(new float[] {7}, file.read("a"));
      assertEquals(0, file.read("empty").length);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void float16IsRoundedToTheNearestAndTooLargeValuesAreRefused() throws IOException {
    Path path = folder.resolve("half.safetensors");
    float[] values = {1, -2.5f, 65504, 0x1p-24f, 1 + 0x1p-11f, 0.1f, 0};
    SafetensorsWriter.write(
        path, Map.of("x", new FloatTensor(List.of(7L), values)), Map.of(), ElementType.F16);
    try (TensorFile file = TensorFile.open(path)) {
      assertEquals(ElementType.F16, get(file.tensors(), "x").type());
      assertArrayEquals(new float[] {1, -2.5f, 65504, 0x1p-24f, 1, 0x1.998p-4f, 0}, file.read("x"));
    }
    FloatTensor large = new FloatTensor(List.of(1L), new float[] {65520});
    assertThrows(
        IllegalArgumentException.class,
        () -> SafetensorsWriter.write(path, Map.of("x", large), Map.of(), ElementType.F16));
  }

  @Test
  void everyHalfReadsAndWritesBackToItself() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Half.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertEquals((short) bits, Half.fromFloat(value));
      }
    }
  }

  @Test
  void integersAndOtherFloatsAreRead() throws IOException {
    String header =
        """
        {"l":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},\
        "d":{"dtype":"F64","shape":[1],"data_offsets":[8,16]},\
        "b":{"dtype":"BF16","shape":[2],"data_offsets":[16,20]},\
        "i":{"dtype":"I32","shape":[1],"data_offsets":[20,24]}}\s\s\s""";
    Path path = safetensors(folder, header, 24);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.capacity() - 24);
    bytes.putLong(-5).putDouble(0.5).putShort((short) 0xbfc0).putShort((short) 0).putInt(-9);
    Files.write(path, bytes.array());
    try (TensorFile file = TensorFile.open(path)) {
      assertArrayEquals(new long[] {-5}, file.readLongs("l"));
      assertArrayEquals(new long[] {-9}, file.readLongs("i"));
      assertArrayEquals(new float[] {0.5f}, file.read("d"));
      assertArrayEquals(new float[] {-1.5f, 0}, file.read("b"));
      assertRefused(() -> file.read("l"), "'l' holds I64, expected floats");
      assertRefused(() -> file.readLongs("d"), "'d' holds F64, expected integers");
      assertRefused(() -> file.read("nothing"), "no tensor 'nothing'");
    }
  }

  @ParameterizedTest
  @CsvSource({"100000001", "-1", "9223372036854775807", "1", "51"})
  void headerLengthBeyondTheFileOrTheBoundIsRefused(long length) throws IOException {
    byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
    Path path = safetensors(folder, length, json, 48);
    assertRefused(
        () -> TensorFile.open(path).close(),
        "header length " + Long.toUnsignedString(length),
        "between 2 and 50");
  }

  @Test
  void hugeHeaderIsRefusedHoweverLargeTheFile() throws IOException {
    Path path = folder.resolve("sparse.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(300_000_000);
      file.writeLong(Long.reverseBytes(200_000_000));
    }
    assertRefused(
        () -> TensorFile.open(path).close(), "header of 200000000 bytes", "at most 16777216");
  }

  @Test
  void garbageIsRefused() throws IOException {
    Path path = Files.write(folder.resolve("x.bin"), new byte[] {1, 2, 3});
    assertRefused(() -> TensorFile.open(path).close(), "3 bytes, too few");
    Files.writeString(path, "<!DOCTYPE html><html>Not found</html>");
    assertRefused(() -> TensorFile.open(path).close(), "a web page, not the weights: download");
    assertHeaderRefused("[]", 0, "does not begin with '{'");
    assertHeaderRefused("{\"a\"", 0, "safetensors header: ");
    assertHeaderRefused("{} {}", 0, "something follows");
    assertRefused(() -> TensorFile.open(folder.resolve("absent")).close(), "no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1 oid sha256:aa size 4900000 | git lfs pull",
        "\\n <html><body>404</body></html> | a web page",
        "{\"message\": \"Not found\"} | a JSON text",
        "\u0089HDF and so on | an HDF5 file",
        "PK and so on | a zip archive",
        "somewhat else | header length"
      })
  void whatIsNoWeightsIsNamed(String content, String kind) throws IOException {
    byte[] bytes = content.replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
    Path path = Files.write(folder.resolve("x.safetensors"), bytes);
    assertRefused(() -> SafetensorsFile.open(path).close(), path + ": ", kind);
  }

  @Test
  void whatWouldFillTheMemoryIsRefused() throws IOException {
    String entry = ":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";
    String many =
        IntStream.rangeClosed(0, 100_000)
            .mapToObj(i -> "\"" + i + "\"" + entry)
            .collect(Collectors.joining(",", "{", "}"));
    assertHeaderRefused(many, 0, "more than 100000 tensors");
    String keys =
        IntStream.rangeClosed(0, 10_000)
            .mapToObj(i -> "\"" + i + "\":\"\"")
            .collect(Collectors.joining(",", "{\"__metadata__\":{", "}}"));
    assertHeaderRefused(keys, 0, "__metadata__ has more than 10000 keys");
    String deep = entry.replace("[0]", "[1,1,1,1,1,1,1,1,0]");
    assertHeaderRefused("{\"a\"" + deep + "}", 0, "'a': shape has more than 8 numbers");
    String number = entry.replace("[0]", "[" + "1".repeat(10_000) + "]");
    assertHeaderRefused("{\"a\"" + number + "}", 0, "a number is too long");
  }

  @Test
  void metadataMayBeLong() throws IOException {
    String text = "x".repeat(12_000_000);
    Path path = safetensors(folder, "{\"__metadata__\":{\"a\":\"" + text + "\"}}", 0);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(text, file.metadata().get("a"));
    }
  }

  @Test
  void picklesAreRefusedWithAReason() throws IOException {
    byte[] legacy = {(byte) 0x80, 2, (byte) 0x8a, 10, 'l', (byte) 0xfc, 'F', 0, 1, 2, 3};
    Path path = Files.write(folder.resolve("old.pth"), legacy);
    assertRefused(() -> TensorFile.open(path).close(), "pickle", "safetensors");
    Path zip = Fixtures.npz(folder, "archive/data.pkl", new byte[5]);
    assertRefused(() -> TensorFile.open(zip).close(), "pickle", "safetensors");
  }

  @Test
  void headerThatIsNoUtf8IsRefused() throws IOException {
    byte[] json = {'{', '"', (byte) 0xff, '"', '}'};
    Path path = safetensors(folder, 5, json, 0);
    assertRefused(() -> TensorFile.open(path).close(), "not UTF-8");
  }

  @Test
  void wrongEntriesAreRefused() throws IOException {
    String end = ",\"shape\":[1],\"data_offsets\":[0,4]}}";
    assertHeaderRefused("{\"a\":{\"dtype\":\"F8\"" + end, 4, "unknown dtype 'F8'", "F32");
    assertHeaderRefused("{\"a\":{\"dtype\":4" + end, 4, "dtype is not a string");
    assertHeaderRefused("{\"a\":{\"dtype\":\"F32\",\"x\":1" + end, 4, "unknown key 'x'");
    assertHeaderRefused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "needs dtype, shape and");
    assertHeaderRefused("{\"a\":7}", 4, "tensor 'a': expected an object");
    assertHeaderRefused("{\"__metadata__\":{\"a\":1}}", 0, "not an object of strings");
    assertHeaderRefused("{\"a\":[[[[[[1]]]]]]}", 0, "safetensors header: ");
  }

  @Test
  void nameThatWouldWriteToTheTerminalIsRefused() throws IOException {
    String entry = "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    assertHeaderRefused("{\"a\\n\\u001b[2J\":" + entry + "}", 4, "'a\\n\\u001b[2J' is no name");
    assertHeaderRefused("{\"" + "a".repeat(500) + "\":" + entry + "}", 4, "aaa…");
    assertHeaderRefused("{\"a\":{\"dtype\":\"F\\n9\"}}", 0, "unknown dtype 'F\\n9'");
  }

  @Test
  void duplicateNamesAreRefused() throws IOException {
    String entry = "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    assertHeaderRefused("{\"a\":" + entry + ",\"a\":" + entry + "}", 4, "Duplicate", "a");
    assertHeaderRefused(
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        4,
        "Duplicate",
        "dtype");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]      | [0,8]   | 8 | 8 bytes, but F32 [1] takes 4",
        "[-1]     | [0,4]   | 4 | negative number -1",
        "[1.5]    | [0,4]   | 4 | not a list of integers",
        "[1]      | [-4,0]  | 4 | negative number -4",
        "[1]      | [4,0]   | 4 | data_offsets are [4, 0]",
        "[1]      | [0]     | 4 | data_offsets are [0]",
        "[1]      | [4,8]   | 4 | ends at byte 8 of the data, which has 4",
        "[1]      | [4,8]   | 8 | a gap",
        "[1]      | [0,4]   | 9 | 5 bytes at the end of the file belong to no tensor",
        "[4294967296,4294967296] | [0,4] | 4 | too large",
        "[0,9223372036854775807] | [0,0] | 0 | too large",
        "[99999999999999999999]  | [0,4] | 4 | safetensors header:",
      })
  void shapesAndOffsetsMustFitTheData(String shape, String offsets, int bytes, String says)
      throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";
    assertHeaderRefused(header, bytes, says);
  }

  @Test
  void overlappingTensorsAreRefused() throws IOException {
    assertHeaderRefused(
        """
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},\
        "b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""",
        12,
        "'b' begins at byte 4, within the one before it");
  }

  @Test
  void truncatedFileIsRefusedAtOnce() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.vit("vit_timm.safetensors"));
    for (int length : new int[] {0, 7, 8, 100, 5207, 5208, whole.length - 1}) {
      Path path = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      assertRefused(() -> TensorFile.open(path).close(), path.toString());
    }
  }
}
