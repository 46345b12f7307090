package org.peftbench.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.peftbench.WrongInputException;
import org.peftbench.wire.Api;

/** A cloud that answers, until it is closed. */
public final class CloudServer implements AutoCloseable {

  private static final long MOST_IMAGES_OF_ALL_JOBS = 500_000;
  private static final int STOP_SECONDS = 2;
  private static final long LAST_RUN_MILLIS = 60_000;
  private static final long SWEEP_MILLIS = 5_000;

  private final CloudLog log;
  private final Shelf shelf;
  private final Jobs jobs;
  private final Computing computing;
  private final Watchdog watchdog;
  private final Gate gate;
  private final Owners owners;
  private final Answers answers;
  private final HttpServer server;
  private final Thread sweeper = new Thread(this::sweep, "cloud-sweeper");
  private final AtomicInteger present = new AtomicInteger();
  private volatile long last = System.nanoTime();

  private CloudServer(
      CloudSettings settings, byte[] norm, Computer computer, CloudLog log, Shelf shelf)
      throws IOException {
    this.log = log;
    this.shelf = shelf;
    CloudSettings.Times times = settings.times();
    CloudSettings.Most most = settings.most();
    var config = settings.info().backbone().config();
    var limits = settings.info().limits();
    this.jobs =
        new Jobs(
            shelf,
            config,
            limits.shardBytes(),
            new Jobs.Limits(
                most.ownerJobs(),
                most.jobs(),
                MOST_IMAGES_OF_ALL_JOBS,
                times.forgotten().toNanos()),
            log);
    this.computing = new Computing(jobs, shelf, computer);
    this.gate = new Gate(settings.access().tokens(), settings.access().certificates());
    this.owners = new Owners(most.requestsPerSecond());
    this.answers =
        new Answers(
            settings.info(),
            norm,
            new Checks(settings.info(), settings.cacheBytes()),
            jobs,
            new Images(shelf, jobs, limits.imageBytes()),
            shelf,
            times.longPoll());
    this.server = bind(settings);
    this.watchdog = new Watchdog(most.connections() + 8, times.headers(), times.step(), log);
    server.setExecutor(watchdog);
    server.createContext("/", this::handle);
  }

  /**
   * Starts a cloud.
   *
   * @param norm the backbone's final LayerNorm, a safetensors file
   * @param computer runs the backbone
   * @throws WrongInputException if the address or the cache cannot be used
   */
  public static CloudServer start(
      CloudSettings settings, byte[] norm, Computer computer, CloudLog log) {
    prepare(settings.most());
    Shelf shelf = Shelf.open(settings.cache(), settings.cacheBytes());
    try {
      CloudServer cloud = new CloudServer(settings, norm, computer, log, shelf);
      cloud.computing.start();
      cloud.sweeper.setDaemon(true);
      cloud.sweeper.start();
      cloud.server.start();
      return cloud;
    } catch (IOException e) {
      shelf.close();
      String why = e instanceof BindException ? "another program listens there" : e.getMessage();
      throw new WrongInputException("--listen " + settings.listen() + ": " + why, e);
    }
  }

  /** Java's server reads these once, when it is first used. */
  private static void prepare(CloudSettings.Most most) {
    setIfAbsent("jdk.httpserver.maxConnections", Integer.toString(most.connections()));
    // Of a body that is refused, so that its client reads why.
    setIfAbsent("sun.net.httpserver.drainAmount", Integer.toString(64 << 20));
    // An answer's last bytes are not to wait until the client has acknowledged those before.
    setIfAbsent("sun.net.httpserver.nodelay", "true");
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static HttpServer bind(CloudSettings settings) throws IOException {
    Optional<SSLContext> tls = settings.access().tls();
    if (tls.isEmpty()) {
      return HttpServer.create(settings.listen(), 0);
    }
    HttpsServer secure = HttpsServer.create(settings.listen(), 0);
    secure.setHttpsConfigurator(
        new HttpsConfigurator(tls.get()) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters own = getSSLContext().getDefaultSSLParameters();
            // Wanted and not needed: who shows none is refused in words.
            own.setWantClientAuth(settings.access().certificates().isPresent());
            parameters.setSSLParameters(own);
          }
        });
    return secure;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** How long there has been neither a request nor anything to compute. */
  public Duration idle() {
    return present.get() > 0 || !jobs.idle()
        ? Duration.ZERO
        : Duration.ofNanos(System.nanoTime() - last);
  }

  private void handle(HttpExchange exchange) {
    present.incrementAndGet();
    Call call = new Call(exchange, watchdog);
    try {
      answer(exchange, call);
    } catch (IOException e) {
      call.broke(e);
    } catch (InterruptedException e) {
      call.broke(new IOException("too slow", e));
    } finally {
      log.answered(call.end());
      last = System.nanoTime();
      present.decrementAndGet();
    }
  }

  private void answer(HttpExchange exchange, Call call) throws IOException, InterruptedException {
    try {
      String principal = gate.principal(exchange);
      call.owner = principal;
      Owners.Owner owner = owners.enter(principal, call.header(Api.EDGE), System.nanoTime());
      call.owner = owner.toString();
      try {
        answers.answer(call);
      } finally {
        owners.leave(owner);
      }
    } catch (Refused e) {
      call.refuse(e);
    } catch (RuntimeException e) {
      log.said("a request failed: " + e);
      call.refuse(Refused.because(Refused.BROKEN, "the cloud failed; its log says how"));
    }
  }

  private void sweep() {
    try {
      while (true) {
        Thread.sleep(SWEEP_MILLIS);
        jobs.sweep(System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes no more requests, lets the run that is being computed end, and ends. */
  @Override
  public void close() {
    jobs.end();
    server.stop(present.get() == 0 ? 0 : STOP_SECONDS);
    sweeper.interrupt();
    try {
      computing.end(LAST_RUN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watchdog.close();
    shelf.close();
  }
}
