package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuAddressTest {

  @ParameterizedTest
  @CsvSource({
    "1,,1",
    "0,'',0",
    "0,'3,1',3",
    "1,'3, GPU-5f1c',GPU-5f1c",
    "0,MIG-77ab,MIG-77ab",
  })
  void aNumberIsAPlaceInTheVisibleDevices(int number, String visible, String name) {
    assertEquals(new GpuAddress(name), GpuAddress.of(number, Optional.ofNullable(visible)));
  }
}
