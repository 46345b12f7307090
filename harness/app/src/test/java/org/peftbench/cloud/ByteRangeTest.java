package org.peftbench.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

  @Test
  void oneRangeIsUnderstood() throws ByteRange.Unsatisfiable {
    assertEquals(Optional.of(new ByteRange(2, 6)), ByteRange.of("bytes=2-5", 10));
    assertEquals(Optional.of(new ByteRange(2, 10)), ByteRange.of("bytes=2-", 10));
    assertEquals(Optional.of(new ByteRange(8, 10)), ByteRange.of("bytes=8-99", 10));
    assertEquals(Optional.of(new ByteRange(7, 10)), ByteRange.of("bytes=-3", 10));
    assertEquals(Optional.of(new ByteRange(0, 10)), ByteRange.of("bytes=-99", 10));
    assertEquals("bytes 2-5/10", new ByteRange(2, 6).header(10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes=-",
        "bytes=5-2",
        "bytes=0-1,3-4",
        "lines=0-1",
        "bytes=a-b",
        "bytes=9999999999999999999-",
        "bytes=--1"
      })
  void anythingElseIsIgnored(String header) throws ByteRange.Unsatisfiable {
    assertEquals(Optional.empty(), ByteRange.of(header, 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0"})
  void whatIsBeyondTheEndCannotBe(String header) {
    assertThrows(ByteRange.Unsatisfiable.class, () -> ByteRange.of(header, 10));
  }
}
