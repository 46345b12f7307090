package org.peftbench.shaper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A relay on this machine to one other address. An HTTP client that tunnels through it ({@code
 * CONNECT}) reaches the same address, whatever it names.
 */
public final class Shaper implements AutoCloseable {

  /** The same link behaves the same each time. */
  private static final long SEED = 0;

  private static final int MOST_CONNECTIONS = 64;

  private final ServerSocket server;
  private final InetSocketAddress target;
  private final Way up;
  private final Way down;
  private final Set<Relayed> open = ConcurrentHashMap.newKeySet();

  private Shaper(ServerSocket server, InetSocketAddress target, Way up, Way down) {
    this.server = server;
    this.target = target;
    this.up = up;
    this.down = down;
  }

  /** Begins to relay to an address as a link would. */
  public static Shaper start(Link link, String host, int port) throws IOException {
    return start(link.up(SEED), link.down(SEED + 1), host, port);
  }

  /** Begins to relay to an address over two ways. */
  public static Shaper start(Way up, Way down, String host, int port) throws IOException {
    ServerSocket server = new ServerSocket(0, MOST_CONNECTIONS, InetAddress.getLoopbackAddress());
    Shaper shaper = new Shaper(server, new InetSocketAddress(host, port), up, down);
    Thread accepting = new Thread(shaper::accept, "shaper");
    accepting.setDaemon(true);
    accepting.start();
    return shaper;
  }

  /** Where it listens, on the loopback address. */
  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        open.removeIf(Relayed::isClosed);
        if (open.size() >= MOST_CONNECTIONS) {
          near.close();
          continue;
        }
        Relayed relayed = new Relayed(near, target, up, down);
        open.add(relayed);
        relayed.start();
      } catch (IOException e) {
        // Closed, or a connection that was gone before it was there: the next one counts.
      }
    }
  }

  /** Breaks all connections. */
  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(Relayed::close);
  }
}
