package org.peftbench.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.WrongInputException;
import org.peftbench.result.Failure.Reason;

class FailureReasonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA out of memory. Tried to allocate 2.00 GiB",
        "[enforce fail at alloc_cpu.cpp:115] data. DefaultCPUAllocator: can't allocate memory:"
            + " you tried to allocate 400000000000 bytes",
        "DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes"
      })
  void wordsOfTheEnginesAllocatorsMeanOutOfMemory(String message) {
    assertEquals(Reason.OUT_OF_MEMORY, Worker.reason(new EngineException(message)));
  }

  @Test
  void javasOwnMemoryCounts() {
    assertEquals(Reason.OUT_OF_MEMORY, Worker.reason(new OutOfMemoryError("Java heap space")));
  }

  @Test
  void causeDecidesHoweverItIsWrapped() {
    var wrapped =
        new IllegalStateException(new RuntimeException(new WrongInputException("broken.png")));
    assertEquals(Reason.WRONG_INPUT, Worker.reason(wrapped));
  }

  @Test
  void wordsOfAMethodAreNotTheEngines() {
    assertEquals(Reason.ERROR, Worker.reason(new IllegalStateException("out of memory")));
    assertEquals(Reason.ERROR, Worker.reason(new EngineException("shapes do not fit")));
    assertEquals(Reason.ERROR, Worker.reason(new EngineException((String) null)));
    assertEquals(Reason.ERROR, Worker.reason(new StackOverflowError()));
  }

  @Test
  void messageIsOneLineAndNamesTheException() {
    assertEquals(
        "IllegalStateException: first", Worker.message(new IllegalStateException("first\nsecond")));
    assertEquals(
        "NullPointerException: no message", Worker.message(new NullPointerException(null)));
    assertEquals("broken.png", Worker.message(new WrongInputException("broken.png")));
  }
}
