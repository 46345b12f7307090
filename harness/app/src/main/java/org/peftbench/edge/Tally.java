package org.peftbench.edge;

import java.util.Optional;

/** Counts what goes over the link. */
final class Tally {

  private long began = System.nanoTime();
  private final Optional<NetworkBytes> network =
      NetworkBytes.areOwn() ? NetworkBytes.read() : Optional.empty();
  private long sentImages;
  private long upBytes;
  private long downBytes;
  private long requests;
  private long reconnects;
  private long againBytes;

  /** Counts a request that came to its end, whatever that was. */
  void request(Exchange exchange) {
    requests++;
    upBytes += exchange.upBytes();
    downBytes += exchange.downBytes();
  }

  /** Takes nanoseconds in which nothing was asked out of the seconds. */
  void leaveOut(long nanos) {
    began += nanos;
  }

  void reconnect() {
    reconnects++;
  }

  void sentImage() {
    sentImages++;
  }

  /** Counts bytes that went or came in vain, and will do so again. */
  void again(long bytes) {
    againBytes += bytes;
  }

  /** What it is so far. */
  Moved moved() {
    Optional<NetworkBytes> now = network.flatMap(before -> NetworkBytes.read());
    return new Moved(
        sentImages,
        upBytes,
        downBytes,
        now.map(bytes -> bytes.up() - network.orElseThrow().up()),
        now.map(bytes -> bytes.down() - network.orElseThrow().down()),
        (System.nanoTime() - began) / 1e9,
        requests,
        reconnects,
        againBytes);
  }
}
