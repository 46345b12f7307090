package org.peftbench.cloud;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peftbench.file.Sha256;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.Refusal;

/** The thread that has one run computed after the other, and puts what comes of it on the shelf. */
final class Computing {

  private static final long FULL_MILLIS = 100;
  private static final int MOST_FULL_TURNS = 20;

  private final Jobs jobs;
  private final Shelf shelf;
  private final Computer computer;
  private final Thread thread = new Thread(this::work, "cloud-computing");

  /** How often in turn there was no room. */
  private int fullTurns;

  Computing(Jobs jobs, Shelf shelf, Computer computer) {
    this.jobs = jobs;
    this.shelf = shelf;
    this.computer = computer;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    try {
      for (Optional<Run> run = jobs.next(); run.isPresent(); run = jobs.next()) {
        compute(run.get());
      }
    } catch (InterruptedException e) {
      jobs.end();
    }
  }

  private void compute(Run run) throws InterruptedException {
    List<AutoCloseable> open = new ArrayList<>();
    try {
      Computer.@Nullable Batch batch = batch(run, open);
      if (batch == null) {
        jobs.again(run);
        return;
      }
      List<Shelf.Reservation> rooms =
          open.stream()
              .filter(Shelf.Reservation.class::isInstance)
              .map(Shelf.Reservation.class::cast)
              .toList();
      double seconds = computer.compute(batch);
      for (int i = 0; i < rooms.size(); i++) {
        rooms.get(i).keep(run.slices().get(i).name(), Sha256.of(rooms.get(i).file()));
      }
      jobs.computed(run, seconds);
      fullTurns = 0;
    } catch (Shelf.Full e) {
      if (e.isPassing()) {
        fullTurns++;
        Thread.sleep(FULL_MILLIS); // what is being sent now makes room soon
        jobs.again(run);
      } else {
        jobs.failed(run, Refusal.NO_ROOM, String.valueOf(e.getMessage()));
      }
    } catch (IOException e) {
      jobs.failed(run, Refusal.NO_ROOM, String.valueOf(e.getMessage()));
    } catch (Computer.NotComputed e) {
      jobs.failed(run, Refused.NOT_COMPUTED, withoutFolder(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      jobs.failed(run, Refused.NOT_COMPUTED, "features could not be computed: " + e);
    } finally {
      open.forEach(Computing::close);
    }
  }

  /** What is to be computed; null if an image is not whole. Holds what it needs open. */
  private Computer.@Nullable Batch batch(Run run, List<AutoCloseable> open) throws Shelf.Full {
    FeatureRequest request = run.request();
    List<Shelf.Held> images = new ArrayList<>();
    for (String image : request.images()) {
      Optional<Shelf.Held> held = shelf.open(Shelf.Name.image(image));
      if (held.isEmpty()) {
        return null;
      }
      open.add(held.get());
      images.add(held.get());
    }
    Map<Path, Long> files =
        images.stream()
            .collect(Collectors.toMap(Shelf.Held::path, Shelf.Held::bytes, (one, twin) -> one));
    shelf.requireRoomEver(
        run.roomBytes() + files.values().stream().mapToLong(Long::longValue).sum());
    Shelf.Need need = fullTurns > MOST_FULL_TURNS ? Shelf.Need.AT_LAST : jobs.need(run);
    List<Computer.Piece> pieces = new ArrayList<>();
    for (Run.Slice slice : run.slices()) {
      Shelf.Reservation room = shelf.reserve(slice.roomBytes(), need);
      open.add(room);
      pieces.add(new Computer.Piece(room.file(), slice.images()));
    }
    return new Computer.Batch(
        images.stream().map(Shelf.Held::path).toList(), request.taps(), request.type(), pieces);
  }

  /** An edge knows its image by its hash alone. */
  private String withoutFolder(String message) {
    return message.replace(shelf.folder() + "/images/", "");
  }

  private static void close(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      throw new IllegalStateException("files of this program's own cannot be closed", e);
    }
  }

  /** Waits until the run that is being computed has come to its end. */
  void end(long mostMillis) throws InterruptedException {
    jobs.end();
    thread.join(mostMillis);
  }
}
