package org.peftbench.shaper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection and its other half. */
final class Relayed {

  private static final int PIECE_BYTES = 4_096;

  /** Bytes on their way; a sender that is faster waits, as TCP's window makes it. */
  private static final int PIECES_UNDER_WAY = 256;

  private static final int MOST_TUNNEL_BYTES = 8_192;
  private static final String TUNNEL = "CONNECT ";
  private static final int DIAL_MILLIS = 10_000;

  private final Socket near;
  private final Socket far = new Socket();
  private final InetSocketAddress target;
  private final Way up;
  private final Way down;
  private final AtomicInteger ended = new AtomicInteger();

  Relayed(Socket near, InetSocketAddress target, Way up, Way down) {
    this.near = near;
    this.target = target;
    this.up = up;
    this.down = down;
  }

  void start() {
    thread("dial", this::dial);
  }

  boolean isClosed() {
    return near.isClosed();
  }

  /** Breaks it, so that both ends see an error. */
  void close() {
    for (Socket socket : new Socket[] {near, far}) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        // It is closed already.
      }
    }
  }

  private void dial() {
    try {
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      far.connect(target, DIAL_MILLIS);
      PushbackInputStream in = new PushbackInputStream(near.getInputStream(), TUNNEL.length());
      openTunnel(in, near.getOutputStream());
      relay("up", in, far.getOutputStream(), far, up);
      relay("down", far.getInputStream(), near.getOutputStream(), near, down);
    } catch (IOException e) {
      close();
    }
  }

  /** Answers a {@code CONNECT}; anything else is for the other end. */
  private static void openTunnel(PushbackInputStream in, OutputStream out) throws IOException {
    byte[] begin = in.readNBytes(TUNNEL.length());
    if (!Arrays.equals(begin, TUNNEL.getBytes(ISO_8859_1))) {
      in.unread(begin);
      return;
    }
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || head.size() > MOST_TUNNEL_BYTES) {
        throw new IOException("no end of the tunnel's request");
      }
      head.write(next);
    }
    out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
    out.flush();
  }

  private void relay(String name, InputStream in, OutputStream out, Socket to, Way way) {
    BlockingQueue<Way.Arrival> underWay = new ArrayBlockingQueue<>(PIECES_UNDER_WAY);
    thread(name + "-read", () -> read(in, way, underWay));
    thread(name + "-write", () -> write(out, to, underWay));
  }

  private void read(InputStream in, Way way, BlockingQueue<Way.Arrival> underWay) {
    byte[] piece = new byte[PIECE_BYTES];
    try {
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        put(underWay, way.send(Arrays.copyOf(piece, length), System.nanoTime()));
      }
      put(underWay, way.send(new byte[0], System.nanoTime())); // the end, when all has arrived
    } catch (IOException e) {
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for room, while there is somebody who makes it. */
  private void put(BlockingQueue<Way.Arrival> underWay, Way.Arrival arrival)
      throws IOException, InterruptedException {
    while (!underWay.offer(arrival, 1, TimeUnit.SECONDS)) {
      requireOpen();
    }
  }

  private Way.Arrival take(BlockingQueue<Way.Arrival> underWay)
      throws IOException, InterruptedException {
    while (true) {
      Way.Arrival arrival = underWay.poll(1, TimeUnit.SECONDS);
      if (arrival != null) {
        return arrival;
      }
      requireOpen();
    }
  }

  private void requireOpen() throws IOException {
    if (isClosed()) {
      throw new IOException("the connection is broken");
    }
  }

  private void write(OutputStream out, Socket to, BlockingQueue<Way.Arrival> underWay) {
    try {
      while (true) {
        Way.Arrival arrival = take(underWay);
        TimeUnit.NANOSECONDS.sleep(Math.max(0, arrival.due() - System.nanoTime()));
        if (arrival.cut()) {
          close();
          return;
        }
        if (!arrival.bytes().hasRemaining()) {
          to.shutdownOutput();
          if (ended.incrementAndGet() == 2) {
            near.close();
            far.close();
          }
          return;
        }
        out.write(arrival.bytes().array(), 0, arrival.bytes().limit());
        out.flush();
      }
    } catch (IOException e) {
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void thread(String name, Runnable work) {
    Thread thread = new Thread(work, "shaper-" + name);
    thread.setDaemon(true);
    thread.start();
  }
}
