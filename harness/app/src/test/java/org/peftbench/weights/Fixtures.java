package org.peftbench.weights;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.function.Executable;
import org.peftbench.WrongInputException;

/** The small published ViT in three layouts, and files made to order. */
final class Fixtures {

  private Fixtures() {}

  static Path vit(String name) {
    URL resource = Objects.requireNonNull(Fixtures.class.getResource("/vit/" + name), name);
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every tensor of a file that holds floats only. */
  static Map<String, FloatTensor> load(Path path) {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    try (TensorFile file = TensorFile.open(path)) {
      file.tensors()
          .forEach(
              (name, info) -> tensors.put(name, new FloatTensor(info.shape(), file.read(name))));
    }
    return tensors;
  }

  /** The value of a key that must be there. */
  static <V> V get(Map<String, V> map, String key) {
    return Objects.requireNonNull(map.get(key), key);
  }

  static Path safetensors(Path folder, String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return safetensors(folder, json.length, json, dataBytes);
  }

  static Path safetensors(Path folder, long length, byte[] json, int dataBytes) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(json);
    return Files.write(folder.resolve("made.safetensors"), bytes.array());
  }

  /** The bytes of a .npy array of version 1. */
  static byte[] npy(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(10 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .put(data)
        .array();
  }

  static Path npz(Path folder, String entry, byte[] content) throws IOException {
    return npz(folder, Map.of(entry, content));
  }

  static Path npz(Path folder, Map<String, byte[]> entries) throws IOException {
    Path path = folder.resolve("made.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return path;
  }

  /** Expects a refusal in one line that says all of this. */
  static void assertRefused(Executable action, String... says) {
    String message = String.valueOf(assertThrows(WrongInputException.class, action).getMessage());
    assertFalse(message.contains("\n"), message);
    for (String word : says) {
      assertTrue(message.contains(word), () -> "'" + word + "' is not in: " + message);
    }
  }
}
