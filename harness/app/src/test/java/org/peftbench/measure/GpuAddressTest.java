package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuAddressTest {

  @ParameterizedTest
  @CsvSource({
    "cuda:1,,1",
    "cuda:0,'',0",
    "cuda:0,'3,1',3",
    "cuda:1,'3, GPU-5f1c',GPU-5f1c",
    "cuda:0,MIG-77ab,MIG-77ab",
  })
  void aNumberIsAPlaceInTheVisibleDevices(String device, String visible, String name) {
    assertEquals(new GpuAddress(name), GpuAddress.of(device, Optional.ofNullable(visible)));
  }
}
