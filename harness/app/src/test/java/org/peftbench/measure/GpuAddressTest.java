package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.measure.nvml.FakeNvml;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;

class GpuAddressTest {

  @ParameterizedTest
  @CsvSource({
    "1,,1",
    "0,'',''",
    "0,'  ',''",
    "1,'3',''",
    "0,'3,1',3",
    "1,'3, GPU-5f1c',GPU-5f1c",
    "0,MIG-77ab,MIG-77ab",
  })
  void aNumberIsAPlaceInTheVisibleDevices(int number, String visible, String name) {
    assertEquals(new GpuAddress(name), GpuAddress.of(number, Optional.ofNullable(visible)));
  }

  @Test
  void theBeginningOfAUuidIsTheGpuThatAloneHasIt(@TempDir Path folder) throws Exception {
    FakeNvml fake = FakeNvml.compile(folder).play("gpus 2");
    try (Nvml nvml = Nvml.open(fake.path()).orElseThrow()) {
      Optional<String> second = Optional.of("GPU-00000001-1111-2222-3333-444444444444");
      assertEquals(second, new GpuAddress("1").uuid(nvml));
      assertEquals(second, new GpuAddress("GPU-00000001").uuid(nvml));
      assertEquals(second, new GpuAddress(second.get()).uuid(nvml));
      for (String none : List.of("GPU-0000000", "GPU-2", "MIG-1", "")) {
        assertThrows(NvmlException.class, () -> new GpuAddress(none).uuid(nvml), none);
      }
      fake.goOn("gpus 2", "lost 0");
      assertEquals(second, new GpuAddress("GPU-00000001").uuid(nvml));
    }
  }
}
