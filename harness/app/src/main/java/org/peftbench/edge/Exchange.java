package org.peftbench.edge;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One request and its answer, given up when no byte moves for too long. For one use. */
final class Exchange {

  private static final int PIECE_BYTES = 1 << 14;
  private static final long LOOK_MILLIS = 100;

  /** Takes a body, piece by piece. */
  interface Sink {
    /** Takes a piece; a {@link RuntimeException} is thrown to who waits for the answer. */
    void take(ByteBuffer piece) throws IOException;
  }

  /** Decides by its first lines where the body of an answer goes. */
  interface Route {
    Sink sink(ResponseInfo answer) throws IOException;
  }

  private final Duration patience;
  private final AtomicLong up = new AtomicLong();
  private final AtomicLong down = new AtomicLong();
  private volatile long moved = System.nanoTime();
  private boolean over;
  private @Nullable Exception trouble;

  Exchange(Duration patience) {
    this.patience = patience;
  }

  /** Bytes of the request's body that were handed to the connection. */
  long upBytes() {
    return up.get();
  }

  /** Bytes of the answer's body that came. */
  long downBytes() {
    return down.get();
  }

  /** A body of which each piece counts when the connection takes it. */
  HttpRequest.BodyPublisher body(byte[] content) {
    return HttpRequest.BodyPublishers.fromPublisher(
        HttpRequest.BodyPublishers.ofByteArrays(() -> pieces(content)), content.length);
  }

  private Iterator<byte[]> pieces(byte[] content) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < content.length;
      }

      @Override
      public byte[] next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no more of the body");
        }
        int end = Math.min(content.length, next + PIECE_BYTES);
        byte[] piece = Arrays.copyOfRange(content, next, end);
        up.addAndGet(piece.length);
        moved = System.nanoTime();
        next = end;
        return piece;
      }
    };
  }

  /**
   * Sends a request and waits for all of its answer.
   *
   * @throws IOException if the connection failed
   */
  HttpResponse<Void> run(HttpClient client, HttpRequest request, Route route) throws IOException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, first -> new Body(first, route));
    try {
      return await(answer);
    } finally {
      synchronized (this) {
        over = true; // what still comes is nobody's
      }
    }
  }

  private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> answer)
      throws IOException {
    while (true) {
      try {
        return answer.get(Math.min(LOOK_MILLIS, patience.toMillis()), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (System.nanoTime() - moved > patience.toNanos()) {
          answer.cancel(true);
          throw new IOException("no byte for " + patience.toMillis() / 1e3 + " s", e);
        }
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a cloud was waited for", e);
      }
    }
  }

  /** What a sink found comes before what the connection makes of it. */
  private synchronized IOException failure(@Nullable Throwable cause) {
    if (trouble instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (trouble instanceof IOException inOut) {
      return inOut;
    }
    return cause instanceof IOException inOut
        ? inOut
        : new IOException(cause == null ? "no answer" : Words.of(cause), cause);
  }

  /** Gives an answer's body to its sink, in the client's threads. */
  private final class Body implements HttpResponse.BodySubscriber<Void> {
    private final ResponseInfo first;
    private final Route route;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable Sink sink;

    Body(ResponseInfo first, Route route) {
      this.first = first;
      this.route = route;
    }

    @Override
    public CompletionStage<Void> getBody() {
      return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription pieces) {
      moved = System.nanoTime();
      subscription = pieces;
      synchronized (Exchange.this) {
        try {
          if (!over) {
            sink = route.sink(first);
          }
        } catch (IOException | RuntimeException e) {
          stop(e);
        }
      }
      pieces.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
      moved = System.nanoTime();
      synchronized (Exchange.this) {
        if (over || sink == null) {
          return;
        }
        try {
          for (ByteBuffer piece : pieces) {
            down.addAndGet(piece.remaining());
            sink.take(piece);
          }
        } catch (IOException | RuntimeException e) {
          stop(e);
          return;
        }
      }
      if (subscription != null) {
        subscription.request(1);
      }
    }

    private void stop(Exception e) {
      trouble = e;
      sink = null;
      if (subscription != null) {
        subscription.cancel();
      }
      end.completeExceptionally(e);
    }

    @Override
    public void onError(Throwable thrown) {
      end.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }
}
