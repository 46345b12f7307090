package org.peftbench.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.measure.nvml.FakeNvml;

/** What is left of four GPUs. */
class VisibleGpusTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "' ', 0",
    "'0,0', 1",
    "'1,0,1,2', 2",
    "'GPU-8b9e0f3a,GPU-8b9e0f3a', 1",
    "-1, 0",
    "0, 1",
    "'1,0', 2",
    "'3, 2', 2",
    "'0,-1,1', 1",
    "'0,7,1', 1",
    "no, 0",
    "GPU-8b9e0f3a, 1",
    "'GPU-8b9e0f3a,MIG-77', 2"
  })
  void theListEndsAtItsFirstEntryThatIsNone(String list, int count) {
    assertEquals(count, new VisibleGpus(Optional.of(list)).count(4));
  }

  @ParameterizedTest
  @CsvSource({
    "'0,GPU-00000000-1111-2222-3333-444444444444', 1",
    "'GPU-00000001, 1', 1",
    "'0,00', 1",
    "'1,GPU-00000000', 2",
    "'0,1,GPU-00000001-1111-2222-3333-444444444444', 2",
    "'0,GPU-0000000', 2", // of two GPUs: whether CUDA takes it is not known here
  })
  void aGpuOfTwoNamesIsCountedOnce(String list, int count) throws Exception {
    FakeNvml fake = FakeNvml.compile(folder).play("gpus 2");
    assertEquals(count, VisibleGpus.read(Optional.of(list), fake.path()).count(2));
  }

  @Test
  void withoutADriversWordEntriesAreTheirWords() throws Exception {
    Optional<String> list = Optional.of("0,GPU-00000000,0");
    assertEquals(2, VisibleGpus.read(list, folder.resolve("none.so").toString()).count(2));
    FakeNvml fake = FakeNvml.compile(folder).play("nvmlInit_v2 9");
    assertEquals(2, VisibleGpus.read(list, fake.path()).count(2));
  }

  @Test
  void withoutAListAllAreVisible() {
    assertEquals(4, new VisibleGpus(Optional.empty()).count(4));
  }
}
