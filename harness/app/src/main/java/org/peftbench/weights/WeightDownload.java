package org.peftbench.weights;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.FolderLock;
import org.peftbench.file.Leftovers;
import org.peftbench.file.Sha256;
import org.peftbench.file.WholeFile;

/**
 * Fetches known weights into a folder, once: from the web, or out of this program.
 *
 * <p>Beside each file lies {@code FILE.json} with its address, size and hash. A file that was put
 * there by hand is taken as it is.
 */
public final class WeightDownload {

  /** Hears how far a download is. */
  public interface Progress {
    /** So many bytes are here, of so many if the server says how many. */
    void at(long bytes, OptionalLong total);

    /** Another download of the same is under way, by {@code process 1234}, and is waited for. */
    default void waits(String whom) {}
  }

  /**
   * A weight file in the folder.
   *
   * @param sha256 its hash in hex
   */
  public record Fetched(Path file, String sha256) {}

  private static final long MAX_BYTES = 16L << 30;
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(20);

  /** A connection on which no byte comes for so long is given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(CONNECT_WITHIN)
          .build();

  /** Creates a download into a folder, which is made when needed. */
  public WeightDownload(Path folder) {
    this(folder, PATIENCE);
  }

  WeightDownload(Path folder, Duration patience) {
    this.folder = folder;
    this.patience = patience;
  }

  /** Where the file of these weights is or will be. */
  public Path file(KnownWeight weight) {
    return folder.resolve(weight.fileName());
  }

  /**
   * The file of these weights, downloaded unless it is there.
   *
   * @throws WrongInputException if no address gives it, or it is not what it should be
   */
  public Fetched fetch(KnownWeight weight, Progress progress) {
    try {
      Files.createDirectories(folder);
      Leftovers.clear(folder);
      if (weight.isBundled()) {
        return unpack(weight);
      }
      return Files.exists(file(weight)) ? present(weight) : alone(weight, progress);
    } catch (IOException e) {
      throw FileTrouble.wrong(file(weight), "cannot be kept", e);
    }
  }

  /** Copies what comes with this program out of it, unless it is there. */
  private Fetched unpack(KnownWeight weight) throws IOException {
    Path file = file(weight);
    String sha256 = weight.sha256().orElseThrow();
    if (!Files.exists(file) || !Sha256.of(file).equals(sha256)) {
      try (InputStream in =
          Objects.requireNonNull(WeightDownload.class.getResourceAsStream(weight.fileName()))) {
        WholeFile.write(file, in::transferTo);
      }
      requireHash(file, weight.sha256(), Sha256.of(file));
    }
    return new Fetched(file, sha256);
  }

  private Fetched present(KnownWeight weight) throws IOException {
    Path file = file(weight);
    String sha256 = Sha256.of(file);
    requireHash(file, weight.sha256(), sha256);
    Optional<DownloadRecord> record = DownloadRecord.read(note(weight));
    requireHash(file, record.map(DownloadRecord::sha256), sha256);
    clearPart(part(weight));
    if (record.isEmpty()) {
      record(weight, DownloadRecord.BY_HAND, sha256, "");
    }
    return new Fetched(file, sha256);
  }

  /** Nobody goes on with a part of what is there whole. */
  private static void clearPart(Path part) throws IOException {
    Leftovers.deleteFile(part);
    if (!Files.exists(part)) {
      Files.deleteIfExists(HttpTransfer.noteOf(part));
    }
  }

  private static void requireHash(Path file, Optional<String> expected, String found) {
    if (expected.isPresent() && !expected.get().equals(found)) {
      throw new WrongInputException(
          "%s: SHA-256 is %s, expected %s; delete it to fetch it again"
              .formatted(file, found, expected.get()));
    }
  }

  private Fetched alone(KnownWeight weight, Progress progress) throws IOException {
    try (FolderLock lock = FolderLock.awaitMaking(file(weight), FolderLock.once(progress::waits))) {
      // Who was waited for may have it.
      return Files.exists(file(weight)) ? present(weight) : download(weight, progress);
    }
  }

  private Fetched download(KnownWeight weight, Progress progress) throws IOException {
    Path part = part(weight);
    HttpTransfer transfer =
        new HttpTransfer(client, weight.bytes().orElse(MAX_BYTES), patience, progress);
    List<String> failures = new ArrayList<>();
    for (URI address : weight.addresses()) {
      try {
        String etag = transfer.fetch(address, part);
        String sha256 = accept(weight, part);
        WholeFile.publish(part, file(weight));
        Files.deleteIfExists(HttpTransfer.noteOf(part));
        record(weight, address.toString(), sha256, etag);
        return new Fetched(file(weight), sha256);
      } catch (HttpTransfer.Failed | IOException e) {
        failures.add(address + ": " + reason(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WrongInputException(weight.name() + ": download interrupted", e);
      }
    }
    throw new WrongInputException(
        "weights '%s' could not be downloaded: %s; or fetch %s by hand and save it as %s"
            .formatted(
                weight.name(),
                String.join("; ", failures),
                weight.addresses().get(0),
                file(weight)));
  }

  /** The part's hash, if it is the file that was wanted; otherwise it is deleted. */
  private static String accept(KnownWeight weight, Path part)
      throws IOException, HttpTransfer.Failed {
    String sha256 = Sha256.of(part);
    String objection = "";
    if (weight.sha256().isPresent() && !weight.sha256().get().equals(sha256)) {
      objection = "SHA-256 is " + sha256 + ", expected " + weight.sha256().get();
    } else if (weight.bytes().isPresent() && weight.bytes().getAsLong() != Files.size(part)) {
      objection = "has " + Files.size(part) + " bytes, expected " + weight.bytes().getAsLong();
    } else {
      try (TensorFile file = TensorFile.open(part)) {
        objection = file.tensors().isEmpty() ? "holds no tensors" : "";
      } catch (WrongInputException e) {
        objection = "what the server sent is no weight file: " + e.getMessage();
      }
    }
    if (!objection.isEmpty()) {
      Files.deleteIfExists(part);
      Files.deleteIfExists(HttpTransfer.noteOf(part));
      throw new HttpTransfer.Failed(objection);
    }
    return sha256;
  }

  private void record(KnownWeight weight, String address, String sha256, String etag)
      throws IOException {
    Path file = file(weight);
    new DownloadRecord(address, Files.size(file), sha256, etag, Instant.now().toString())
        .write(note(weight));
  }

  private Path part(KnownWeight weight) {
    return folder.resolve(weight.fileName() + ".part");
  }

  private Path note(KnownWeight weight) {
    return folder.resolve(weight.fileName() + ".json");
  }

  // Network exceptions often have no message, and then their names say it.
  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
