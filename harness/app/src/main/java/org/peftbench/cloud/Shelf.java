package org.peftbench.cloud;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.FolderLock;
import org.peftbench.file.Sha256;

/**
 * Files under hashes, no more of them than a number of bytes: who needs room gets that of what has
 * not been used for longest, if nobody holds it, and, if that is not enough, of what is spared for
 * a lesser need. They outlive this program; one that was damaged meanwhile is found out when it is
 * first opened, and gone.
 */
final class Shelf implements AutoCloseable {

  /** Kinds of files, and the folders they are in. */
  enum Kind {
    /** Named by the hash of what it depends on, and that of its content. */
    SHARD("shards", Pattern.compile("([0-9a-f]{64})-([0-9a-f]{64})")),
    /** Named by the hash of its content. */
    IMAGE("images", Pattern.compile("(([0-9a-f]{64}))"));

    private final String folder;
    private final Pattern name;

    Kind(String folder, Pattern name) {
      this.folder = folder;
      this.name = name;
    }

    private String name(String key, String sha256) {
      return this == IMAGE ? sha256 : key + "-" + sha256;
    }
  }

  /** How much something is needed: what is spared for less makes room for it. */
  enum Need {
    /** It may be needed later. */
    LATER,
    /** Somebody waits for it. */
    NOW,
    /** Somebody has waited for too long. */
    AT_LAST
  }

  /** What a file is called. */
  record Name(Kind kind, String key) {
    static Name image(String sha256) {
      return new Name(Kind.IMAGE, sha256);
    }

    static Name shard(String key) {
      return new Name(Kind.SHARD, key);
    }
  }

  /** There is no room, and none can be made; the message says so in one line. */
  static final class Full extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private Full(String message, boolean passing) {
      super(message);
      this.passing = passing;
    }

    /** Whether there may be room later. */
    boolean isPassing() {
      return passing;
    }
  }

  /**
   * A file that stays as long as it is held.
   *
   * @param path where it is
   * @param bytes its size
   * @param sha256 of its content
   */
  record Held(Path path, long bytes, String sha256, Runnable release) implements AutoCloseable {
    @Override
    public void close() {
      release.run();
    }
  }

  private static final class Entry {
    private final Path path;
    private final String sha256;
    private long bytes;
    private final EnumMap<Need, Integer> spared = new EnumMap<>(Need.class);
    private int holders;
    private boolean gone;
    private boolean trusted;

    Entry(Path path, long bytes, String sha256, boolean trusted) {
      this.path = path;
      this.bytes = bytes;
      this.sha256 = sha256;
      this.trusted = trusted;
    }

    boolean stays(Need other) {
      return holders > 0 || spared.keySet().stream().anyMatch(need -> need.compareTo(other) >= 0);
    }

    void spare(Need need, int more) {
      spared.merge(need, more, (one, two) -> one + two == 0 ? null : Integer.valueOf(one + two));
    }
  }

  private static final String PARTIAL = "partial";

  private final Path folder;
  private final long most;
  private final FolderLock lock;
  // In the order of their last use.
  private final Map<Name, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long used;

  /** Bytes that make no room, by how much that is needed. */
  private final Map<Need, Long> staying = new EnumMap<>(Need.class);

  private long reserved;
  private long number;

  private Shelf(Path folder, long most, FolderLock lock) {
    this.folder = folder;
    this.most = most;
    this.lock = lock;
  }

  /**
   * Opens a folder with what is there, makes it where it is missing, and takes away what is too
   * much and what writes that were cut off left behind.
   *
   * @param most bytes of all files
   * @throws WrongInputException if the folder cannot be used, or another program uses it
   */
  static Shelf open(Path folder, long most) {
    FolderLock lock = FolderLock.take(folder);
    Shelf shelf = new Shelf(folder.toAbsolutePath(), most, lock);
    try {
      shelf.find();
      return shelf;
    } catch (IOException e) {
      lock.close();
      throw FileTrouble.wrong(folder, "cannot be used as a cache", e);
    }
  }

  private void find() throws IOException {
    Path partial = Files.createDirectories(folder.resolve(PARTIAL));
    try (DirectoryStream<Path> left = Files.newDirectoryStream(partial)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
    record Found(Name name, Entry entry, FileTime time) {}
    List<Found> found = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(Files.createDirectories(folder.resolve(kind.folder)))) {
        for (Path file : files) {
          Matcher name = kind.name.matcher(String.valueOf(file.getFileName()));
          if (name.matches() && Files.isRegularFile(file)) {
            Entry entry = new Entry(file, Files.size(file), name.group(2), false);
            found.add(
                new Found(new Name(kind, name.group(1)), entry, Files.getLastModifiedTime(file)));
          }
        }
      }
    }
    found.sort(Comparator.comparing(Found::time));
    for (Found one : found) {
      Entry twin = entries.put(one.name(), one.entry());
      used += one.entry().bytes;
      if (twin != null) {
        used -= twin.bytes;
        Files.deleteIfExists(twin.path);
      }
    }
    makeRoom(0, entry -> true);
  }

  /** Where its files are. */
  Path folder() {
    return folder;
  }

  synchronized boolean has(Name name) {
    return entries.containsKey(name);
  }

  /** How many bytes its files have. */
  synchronized long used() {
    return used;
  }

  /** Opens a file and holds it; empty if it is not there. */
  Optional<Held> open(Name name) {
    Optional<Held> held = hold(name);
    if (held.isEmpty() || trusted(name, held.get())) {
      return held;
    }
    held.get().close();
    return Optional.empty();
  }

  private synchronized Optional<Held> hold(Name name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    change(entry, () -> entry.holders++);
    return Optional.of(
        new Held(
            entry.path,
            entry.bytes,
            entry.sha256,
            once(() -> change(entry, () -> entry.holders--))));
  }

  /**
   * Spares a file, if it is there: it makes room for nothing but what is needed more.
   *
   * @return ends that
   */
  synchronized Optional<Runnable> spare(Name name, Need need) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    change(entry, () -> entry.spare(need, 1));
    return Optional.of(once(() -> change(entry, () -> entry.spare(need, -1))));
  }

  private void change(Entry entry, Runnable change) {
    count(entry, -1);
    change.run();
    count(entry, 1);
  }

  private void count(Entry entry, int sign) {
    for (Need need : Need.values()) {
      if (!entry.gone && entry.stays(need)) {
        staying.merge(need, sign * entry.bytes, Long::sum);
      }
    }
  }

  private void remove(Entry entry) {
    change(entry, () -> entry.gone = true);
    used -= entry.bytes;
    delete(entry.path);
  }

  private Runnable once(Runnable release) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (!done.getAndSet(true)) {
        synchronized (this) {
          release.run();
        }
      }
    };
  }

  /** What an earlier program left is looked at once, and its time of use set for a later one. */
  private boolean trusted(Name name, Held held) {
    Entry entry;
    synchronized (this) {
      entry = entries.get(name);
      if (entry == null || !entry.path.equals(held.path())) {
        return false;
      }
      if (entry.trusted) {
        return true;
      }
    }
    boolean whole;
    try {
      whole = Sha256.of(held.path()).equals(held.sha256());
      if (whole) {
        Files.setLastModifiedTime(held.path(), FileTime.from(Instant.now()));
      }
    } catch (WrongInputException | IOException e) {
      whole = false;
    }
    synchronized (this) {
      entry.trusted = whole;
      if (!whole && entries.remove(name, entry)) {
        remove(entry);
      }
    }
    return whole;
  }

  /**
   * Checks that files could be there at the same time.
   *
   * @throws Full if there would be no room for them even if nothing else were there
   */
  void requireRoomEver(long bytes) throws Full {
    if (bytes > most) {
      throw new Full("the cache has no room for %d bytes: it has %d".formatted(bytes, most), false);
    }
  }

  /** Whether there is room, or can be made. */
  synchronized boolean hasRoom(long bytes, Need need) {
    return staying.getOrDefault(need, 0L) + reserved + bytes <= most;
  }

  /**
   * Room for a file that is to come.
   *
   * @throws Full if there is none
   */
  synchronized Reservation reserve(long bytes, Need need) throws Full {
    requireRoomEver(bytes);
    if (!hasRoom(bytes, need)) {
      throw new Full(
          "the cache has no room for %d bytes: of %d, %d are in use"
              .formatted(bytes, most, used + reserved),
          true);
    }
    for (Need less : Need.values()) {
      makeRoom(bytes, entry -> less.compareTo(need) <= 0 && !entry.stays(less));
    }
    reserved += bytes;
    return new Reservation(bytes, folder.resolve(PARTIAL).resolve(Long.toString(number++)));
  }

  private void makeRoom(long bytes, Predicate<Entry> mayGo) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (used + reserved + bytes > most && oldest.hasNext()) {
      Entry entry = oldest.next();
      if (mayGo.test(entry)) {
        oldest.remove();
        remove(entry);
      }
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // It is forgotten all the same; the next start finds it again.
    }
  }

  /** Room for one file, which is given back when this is closed. */
  final class Reservation implements AutoCloseable {

    private final long bytes;
    private final Path file;
    private boolean open = true;

    private Reservation(long bytes, Path file) {
      this.bytes = bytes;
      this.file = file;
    }

    /** Where to write it. */
    Path file() {
      return file;
    }

    /** The file, and the bytes that it was to have at most. */
    @Override
    public String toString() {
      return file + ", at most " + bytes + " bytes";
    }

    /** Takes what was written onto the shelf, in place of a file of that name. */
    void keep(Name name, String sha256) throws IOException {
      Path target =
          folder.resolve(name.kind().folder).resolve(name.kind().name(name.key(), sha256));
      long size = Files.size(file);
      synchronized (Shelf.this) {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        giveBack(); // it is counted once
        used += size;
        Entry before = entries.get(name);
        if (before != null && before.path.equals(target)) {
          used -= before.bytes;
          change(before, () -> before.bytes = size); // whoever holds it goes on
          before.trusted = true;
        } else {
          entries.put(name, new Entry(target, size, sha256, true));
          if (before != null) {
            remove(before);
          }
        }
      }
    }

    private void giveBack() {
      synchronized (Shelf.this) {
        if (open) {
          open = false;
          reserved -= bytes;
        }
      }
    }

    @Override
    public void close() {
      giveBack();
      delete(file);
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
