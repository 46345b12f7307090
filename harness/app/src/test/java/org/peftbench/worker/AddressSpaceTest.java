package org.peftbench.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AddressSpaceTest {

  private static String words(String soft) {
    return AddressSpace.words(
        List.of(
            "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max open files            1024                 524288               files     ",
            "Max address space         " + soft + "           unlimited            bytes     "));
  }

  @Test
  void aLimitIsNamedAsTheShellCountsIt() {
    assertEquals("; it ran within ulimit -v 6000000 (KiB)", words("6144000000"));
  }

  @Test
  void withoutOneThereIsNothingToSay() {
    assertEquals("", words("unlimited"));
    assertEquals("", AddressSpace.words(List.of()));
  }

  @Test
  void whatIsNotForWantOfMemorySaysNothingOfIt() {
    assertEquals("", AddressSpace.wordsOn(new IllegalStateException("shapes do not fit")));
  }
}
