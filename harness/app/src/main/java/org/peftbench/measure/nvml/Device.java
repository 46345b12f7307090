package org.peftbench.measure.nvml;

import com.sun.jna.Pointer;
import java.util.Optional;

/** A device's handle, and the shapes of call that ask it for something. */
record Device(NvmlLibrary library, Pointer handle) {

  /**
   * Asks for one thing.
   *
   * @param selectors arguments between the device and the reply
   * @return the reply, empty if this device or this driver does not tell
   * @throws NvmlException if the device is broken
   */
  Optional<Reply> ask(String symbol, Reply reply, Object... selectors) throws NvmlException {
    Object[] arguments = new Object[selectors.length + 2];
    arguments[0] = handle;
    System.arraycopy(selectors, 0, arguments, 1, selectors.length);
    arguments[arguments.length - 1] = reply.pointer();
    int code = library.call(symbol, arguments);
    return library.told(code, symbol) ? Optional.of(reply) : Optional.empty();
  }

  /** Asks for an unsigned int that cannot be zero on a device that works. */
  Optional<Integer> positive(String symbol, Object... selectors) throws NvmlException {
    return ask(symbol, new Reply(Integer.BYTES), selectors)
        .flatMap(reply -> reply.unsigned(0))
        .filter(value -> value != 0);
  }

  /** Asks for an unsigned long long, which may be zero. */
  Optional<Long> unsignedLong(String symbol) throws NvmlException {
    return ask(symbol, new Reply(Long.BYTES)).flatMap(reply -> reply.unsignedLong(0));
  }

  /** Asks whether something is on now; the mode that is pending is not of interest. */
  Optional<Boolean> enabled(String symbol) throws NvmlException {
    Reply now = new Reply(Integer.BYTES);
    return ask(symbol, new Reply(Integer.BYTES), (Object) now.pointer())
        .flatMap(pending -> now.unsigned(0))
        .map(mode -> mode != 0);
  }

  /** Asks for a text of at most so many bytes, its end counted. */
  Optional<String> text(String symbol, int bytes) throws NvmlException {
    Reply text = new Reply(bytes);
    int code = library.call(symbol, handle, text.pointer(), bytes);
    return library.told(code, symbol) ? text.text() : Optional.empty();
  }
}
