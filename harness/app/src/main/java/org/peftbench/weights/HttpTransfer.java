package org.peftbench.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings one file from one address into a {@code .part} file that nobody else writes to, going on
 * where an earlier try ended if the server still has the same version.
 *
 * @param maxBytes more than that is refused
 * @param patience how long it waits for the next byte
 */
record HttpTransfer(
    HttpClient client, long maxBytes, Duration patience, WeightDownload.Progress progress) {

  /** The transfer failed; the message says why, not of what. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message);
    }
  }

  private static final int PIECE_BYTES = 1 << 16;
  private static final int OK = 200;
  private static final int PARTIAL = 206;

  /** Returns the version fetched: empty if the server does not name versions. */
  String fetch(URI address, Path part) throws IOException, InterruptedException, Failed {
    try (FileChannel file =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      return fetch(address, file, noteOf(part));
    }
  }

  static Path noteOf(Path part) {
    return part.resolveSibling(part.getFileName() + ".json");
  }

  private String fetch(URI address, FileChannel file, Path note)
      throws IOException, InterruptedException, Failed {
    long have = file.size();
    Optional<DownloadRecord> earlier =
        DownloadRecord.read(note)
            .filter(record -> have > 0 && record.address().equals(address.toString()));
    if (earlier.isPresent() && earlier.get().bytes() == have) {
      return earlier.get().etag();
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    earlier.ifPresent(
        record -> request.header("Range", "bytes=" + have + "-").header("If-Range", record.etag()));
    HttpResponse<InputStream> response = send(request.build(), have);
    try (TimedBody body = new TimedBody(response.body(), patience)) {
      long start = start(response, file, note);
      OptionalLong length = response.headers().firstValueAsLong("Content-Length");
      OptionalLong total =
          length.isPresent() ? OptionalLong.of(start + length.getAsLong()) : length;
      if (total.orElse(0) > maxBytes) {
        throw new Failed("has " + total.getAsLong() + " bytes, expected at most " + maxBytes);
      }
      String etag = response.headers().firstValue("ETag").orElse("");
      file.truncate(start);
      remember(note, address, total, etag);
      copy(body, file.position(start), total);
      file.force(true);
      return etag;
    }
  }

  // A request's own timeout is that of its headers in some JDKs, and of the whole body in others.
  private HttpResponse<InputStream> send(HttpRequest request, long have)
      throws IOException, InterruptedException, Failed {
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw stalled(have);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
    } finally {
      answer.cancel(true); // which is nothing to an answer that came
    }
  }

  /** Where in the file the body belongs, if it is one to keep. */
  private static long start(HttpResponse<InputStream> response, FileChannel file, Path note)
      throws IOException, Failed {
    int status = response.statusCode();
    if (status != OK && status != PARTIAL) {
      Files.deleteIfExists(note);
      throw new Failed("the server answered " + status);
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (type.toLowerCase(Locale.ROOT).startsWith("text/")) {
      throw new Failed("the server sent a page (" + type + ") instead of a weight file");
    }
    if (status == OK) {
      return 0;
    }
    String range = response.headers().firstValue("Content-Range").orElse("");
    if (!range.startsWith("bytes " + file.size() + "-")) {
      Files.deleteIfExists(note);
      throw new Failed("the server sent the range '" + range + "', not the one asked for");
    }
    return file.size();
  }

  // Only what has a strong version tag can be gone on with.
  private static void remember(Path note, URI address, OptionalLong total, String etag)
      throws IOException {
    if (etag.startsWith("\"") && total.isPresent()) {
      new DownloadRecord(address.toString(), total.getAsLong(), "", etag, Instant.now().toString())
          .write(note);
    } else {
      Files.deleteIfExists(note);
    }
  }

  private void copy(TimedBody body, FileChannel file, OptionalLong total)
      throws IOException, Failed {
    byte[] piece = new byte[PIECE_BYTES];
    long done = file.position();
    progress.at(done, total);
    for (int length = read(body, piece, done); length >= 0; length = read(body, piece, done)) {
      done += length;
      if (done > maxBytes) {
        throw new Failed("sends more than the " + maxBytes + " bytes expected at most");
      }
      ByteBuffer buffer = ByteBuffer.wrap(piece, 0, length);
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
      progress.at(done, total);
    }
    if (total.isPresent() && done != total.getAsLong()) {
      throw broken(done);
    }
  }

  // Apart from writing, so that a full disk is not taken for a broken connection.
  private int read(TimedBody body, byte[] piece, long done) throws Failed {
    try {
      return body.read(piece);
    } catch (InterruptedIOException e) {
      throw stalled(done);
    } catch (IOException e) {
      throw broken(done);
    }
  }

  private Failed stalled(long done) {
    return new Failed(
        "no byte came for %s s, after %d bytes; run again to go on"
            .formatted(patience.toMillis() / 1e3, done));
  }

  private static Failed broken(long done) {
    return new Failed("the transfer broke off after " + done + " bytes; run again to go on");
  }
}
