package org.peftbench.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.weights.Fixtures.assertRefused;
import static org.peftbench.weights.Fixtures.get;
import static org.peftbench.weights.Fixtures.npy;
import static org.peftbench.weights.Fixtures.npz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzFileTest {

  @TempDir Path folder;

  private static String header(String descr, String shape) {
    return "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }  \n";
  }

  private void assertArrayRefused(byte[] array, String... says) throws IOException {
    Path path = npz(folder, "x.npy", array);
    assertRefused(() -> TensorFile.open(path).close(), says);
  }

  @Test
  void deflatedArraysOfEachTypeAreRead() throws IOException {
    ByteBuffer four = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer eight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    Map<String, byte[]> arrays = new HashMap<>();
    arrays.put("f4.npy", npy(header("<f4", "()"), four.putFloat(0, 2.5f).array().clone()));
    arrays.put("f8.npy", npy(header("<f8", "(1,)"), eight.putDouble(0, -0.25).array().clone()));
    arrays.put("f2.npy", npy(header("<f2", "(1,)"), new byte[] {0, 0x3c}));
    arrays.put("bf.npy", npy(header("|V2", "(1, 1)"), new byte[] {(byte) 0x80, 0x3f}));
    arrays.put("i4.npy", npy(header("<i4", "(1,)"), four.putInt(0, -7).array().clone()));
    arrays.put("i8.npy", npy(header("<i8", "(1L,)"), eight.putLong(0, 1L << 40).array().clone()));
    try (TensorFile file = TensorFile.open(npz(folder, arrays))) {
      assertArrayEquals(new float[] {2.5f}, file.read("f4"));
      assertArrayEquals(new float[] {-0.25f}, file.read("f8"));
      assertArrayEquals(new float[] {1}, file.read("f2"));
      assertArrayEquals(new float[] {1}, file.read("bf"));
      assertArrayEquals(new long[] {-7}, file.readLongs("i4"));
      assertArrayEquals(new long[] {1L << 40}, file.readLongs("i8"));
      assertEquals(List.of(1L, 1L), get(file.tensors(), "bf").shape());
    }
  }

  @Test
  void versionTwoHeaderIsRead() throws IOException {
    byte[] text = header("<f4", "(1,)").getBytes(UTF_8);
    byte[] array =
        ByteBuffer.allocate(12 + text.length + 4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0})
            .putInt(text.length)
            .put(text)
            .putFloat(4)
            .array();
    try (TensorFile file = TensorFile.open(npz(folder, "x.npy", array))) {
      assertArrayEquals(new float[] {4}, file.read("x"));
    }
  }

  @Test
  void objectArraysAreNeverUnpickled() throws IOException {
    assertArrayRefused(npy(header("|O", "(1,)"), new byte[8]), "Python objects", "x.npy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'descr': '>f4', 'fortran_order': False, 'shape': (1,)} | type '>f4'; known: [<V2",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)} | structured",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1)} | Fortran order",
        "{'descr': '<f4', 'fortran_order': False} | expected descr, fortran_order and shape",
        "{'descr': '<f4', 'descr': '<f4', 'shape': (1,)} | stands twice",
        "{'descr': '<f4', 'fortran_order': 'x', 'shape': (1,)} | of the wrong type",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)} | expected a size",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,) | expected '}'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} + os | something follows",
        "__import__('os') | expected '{'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 9999999999)} | too large",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} | take",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()  } extra | something follows",
      })
  void malformedHeadersAreRefused(String header, String says) throws IOException {
    assertArrayRefused(npy(header, new byte[4]), "entry 'x.npy'", says);
  }

  @Test
  void otherBytesAreRefused() throws IOException {
    assertArrayRefused(new byte[0], "is not a .npy array");
    assertArrayRefused(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 9, 0}, "version 9.0");
    assertArrayRefused(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1}, "cannot be read");
    assertArrayRefused(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 99, 0, '{'}, "cut short");
    assertArrayRefused(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1},
        "header of 4294967295 bytes");
    Path path = npz(folder, "readme.txt", new byte[3]);
    assertRefused(() -> TensorFile.open(path).close(), "'readme.txt' is not a .npy array");
  }

  @Test
  void zipBombIsRefusedBeforeItIsInflated() throws IOException {
    // 50 MB that were deflated a thousandfold, where the array's header asks for 16 bytes.
    byte[] zeros = npy(header("<f4", "(4,)"), new byte[50_000_000]);
    assertArrayRefused(zeros, "x.npy", "has 50000", "take");
  }

  @Test
  void entryThatInflatesBeyondItsStatedSizeIsRefused() throws IOException {
    byte[] array = npy(header("<f4", "(4,)"), new byte[1000]);
    Path path = npz(folder, "x.npy", array);
    byte[] zip = Files.readAllBytes(path);
    int directory = find(zip, new byte[] {'P', 'K', 1, 2});
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, array.length - 984);
    Files.write(path, zip);
    assertRefused(
        () -> {
          try (TensorFile file = TensorFile.open(path)) {
            file.read("x");
          }
        },
        "'x' inflates to more bytes than its shape takes");
  }

  @Test
  void claimThatDeflateCannotKeepIsRefused() throws IOException {
    String header = header("<f4", "(250000000,)");
    Path path = npz(folder, "x.npy", npy(header, new byte[16]));
    byte[] zip = Files.readAllBytes(path);
    int directory = find(zip, new byte[] {'P', 'K', 1, 2});
    ByteBuffer.wrap(zip)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(directory + 24, 10 + header.length() + 1_000_000_000);
    Files.write(path, zip);
    assertRefused(() -> TensorFile.open(path).close(), "zip bomb");
  }

  @Test
  void duplicateEntriesAreRefused() throws IOException {
    byte[] array = npy(header("<f4", "(1,)"), new byte[4]);
    Path path = npz(folder, new TreeMap<>(Map.of("aa.npy", array, "ab.npy", array)));
    byte[] zip = Files.readAllBytes(path);
    for (int i = 0; i + 6 <= zip.length; i++) {
      if (Arrays.equals(zip, i, i + 6, "ab.npy".getBytes(UTF_8), 0, 6)) {
        zip[i + 1] = 'a';
      }
    }
    Files.write(path, zip);
    assertRefused(() -> TensorFile.open(path).close(), "'aa' twice");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 30, 5000, 519_000})
  void truncatedArchiveIsRefused(int length) throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.vit("vit_google.npz"));
    Path path = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, length));
    assertRefused(() -> TensorFile.open(path).close(), "not a readable npz archive");
  }

  @Test
  void flippedBitIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.vit("vit_google.npz"));
    int array = find(whole, "Dense_0/kernel.npy".getBytes(UTF_8));
    whole[array + 1000] ^= 4;
    Path path = Files.write(folder.resolve("flipped.npz"), whole);
    try (TensorFile file = TensorFile.open(path)) {
      assertRefused(
          () -> file.tensors().keySet().forEach(file::read), "Dense_0/kernel", "is damaged");
    }
  }

  private static int find(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new IllegalStateException("not found");
  }

  @Test
  void aDirectoryThatWouldFillTheMemoryIsRefused() throws IOException {
    Path path = npz(folder, "x.npy", npy(header("<f4", "(0,)"), new byte[0]));
    byte[] bytes = Files.readAllBytes(path);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 10, 1 << 30);
    Files.write(path, bytes);
    assertRefused(
        () -> TensorFile.open(path).close(), "its directory has 1073741824 bytes; at most");
  }
}
