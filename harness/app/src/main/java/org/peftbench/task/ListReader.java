package org.peftbench.task;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.InsideFolder;
import org.peftbench.file.WholeFile;

/** Reads one list of images or clips and believes none of it: sizes, paths, labels. */
final class ListReader {

  private static final int MAX_BYTES = 64 << 20;
  private static final int MAX_LINES = 1_000_000;
  private static final int MAX_LINE_CHARACTERS = 4096;

  /** Of all clips of a list: each has a path in memory. */
  private static final int MAX_FRAMES = 5_000_000;

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String EXPECTED = "expected 'images/... label'";

  /** {@code folder/img_%05d.jpg}. */
  private static final Pattern PATTERN = Pattern.compile("(.+)/([^/%]*)%(?:0\\d)?d([^/%]*)");

  private final Path folder;
  private final Path list;
  private final int classes;
  private final InsideFolder inside;
  private final Map<Path, FrameFiles> listings = new HashMap<>();
  private long frames;
  private int images;
  private int folders;

  private ListReader(Path folder, ListName name, int classes) throws IOException {
    this.folder = folder;
    this.inside = new InsideFolder(folder);
    this.list = folder.resolve(name.fileName());
    this.classes = classes;
  }

  /**
   * Reads a list of a task's folder.
   *
   * @param classes labels must be below
   * @throws WrongInputException if the list, a line of it or a file it names is not as it should be
   */
  static ImageList read(Path folder, ListName name, int classes) {
    try {
      return new ListReader(folder, name, classes).read(name);
    } catch (NoSuchFileException e) {
      throw new WrongInputException(
          "no list '" + folder.resolve(name.fileName()) + "'; " + DataDirectory.LAYOUT, e);
    } catch (IOException e) {
      throw new WrongInputException(
          "cannot read '" + folder.resolve(name.fileName()) + "': " + e.getMessage(), e);
    }
  }

  private ImageList read(ListName name) throws IOException {
    byte[] bytes =
        WholeFile.read(list, MAX_BYTES)
            .orElseThrow(() -> new IOException("larger than " + (MAX_BYTES >> 20) + " MiB"));
    List<LabelledClip> clips = new ArrayList<>();
    IntStream.Builder lineNumbers = IntStream.builder();
    int number = 0;
    for (Iterator<String> lines = text(bytes).lines().iterator(); lines.hasNext(); ) {
      String line = lines.next().strip();
      if (++number > MAX_LINES) {
        throw new IOException("more than " + MAX_LINES + " lines");
      }
      if (!line.isEmpty()) {
        lineNumbers.add(number);
        clips.add(parse(line, number));
      }
    }
    if (clips.isEmpty()) {
      throw new IOException("it lists no images; expected lines 'images/... label'");
    }
    return new ImageList(name, list, bytes, clips, folders > 0, lineNumbers.build().toArray());
  }

  /** The text without the mark that editors on Windows put before it. */
  private static String text(byte[] bytes) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IOException("not a text in UTF-8", e);
    }
  }

  private LabelledClip parse(String line, int number) {
    if (line.length() > MAX_LINE_CHARACTERS) {
      throw wrong(number, "it has " + line.length() + " characters, " + EXPECTED);
    }
    Words words = Words.of(line);
    if (words.before.isEmpty()) {
      throw wrong(number, "found '" + line + "', " + EXPECTED);
    }
    int label = label(words.last, number);
    Optional<List<Path>> frames = frames(words.before, number);
    if (frames.isPresent() ? images > 0 : folders > 0) {
      throw wrong(number, "clips and images in one list");
    }
    if (frames.isPresent()) {
      folders++;
      return new LabelledClip(frames.get(), label);
    }
    images++;
    return new LabelledClip(List.of(file(words.before, number)), label);
  }

  /** A text and its last word. */
  private record Words(String before, String last) {
    static Words of(String text) {
      int gap = text.length() - 1;
      while (gap >= 0 && !Character.isWhitespace(text.charAt(gap))) {
        gap--;
      }
      return new Words(text.substring(0, Math.max(0, gap)).strip(), text.substring(gap + 1));
    }
  }

  /** The frames of {@code folder 17} or {@code folder/img_%05d.jpg}; empty for an image. */
  private Optional<List<Path>> frames(String text, int number) {
    Matcher pattern = PATTERN.matcher(text);
    if (pattern.matches()) {
      Path directory = directory(pattern.group(1), number);
      return Optional.of(
          inside(directory, number, files -> files.sort(pattern.group(2), pattern.group(3))));
    }
    Words words = Words.of(text);
    if (words.before.isEmpty() || !words.last.matches("\\d{1,6}") || exists(text)) {
      return Optional.empty();
    }
    int count = Integer.parseInt(words.last);
    Path directory = directory(words.before, number);
    return Optional.of(inside(directory, number, files -> files.sortOf(count)));
  }

  private boolean exists(String text) {
    try {
      return Files.exists(folder.resolve(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Chooses frames among the files of a folder. */
  private interface Choice {
    List<String> of(FrameFiles files) throws IOException;
  }

  private List<Path> inside(Path directory, int number, Choice choice) {
    List<String> names;
    try {
      FrameFiles listed = listings.get(directory);
      if (listed == null) {
        listed = FrameFiles.of(directory);
        listings.put(directory, listed);
      }
      names = choice.of(listed);
    } catch (IOException e) {
      throw wrong(number, "folder '" + directory + "': " + e.getMessage());
    }
    frames += names.size();
    if (frames > MAX_FRAMES) {
      throw wrong(number, "more than " + MAX_FRAMES + " frames up to here");
    }
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      files.add(checked(directory.resolve(name), name, number));
    }
    return files;
  }

  private Path directory(String word, int number) {
    Path directory = folder.resolve(relative(word, number));
    if (!Files.isDirectory(directory)) {
      throw wrong(number, "there is no folder '" + directory + "'" + twin(directory));
    }
    return directory;
  }

  private int label(String word, int number) {
    boolean digits = !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || word.length() > 9 || Integer.parseInt(word) >= classes) {
      throw wrong(number, "label '" + word + "', expected an integer from 0 to " + (classes - 1));
    }
    return Integer.parseInt(word);
  }

  private Path file(String word, int number) {
    return checked(folder.resolve(relative(word, number)), word, number);
  }

  private Path relative(String word, int number) {
    Path relative;
    try {
      relative = Path.of(word).normalize();
    } catch (InvalidPathException e) {
      throw wrong(number, FileTrouble.words(e));
    }
    if (relative.isAbsolute() || relative.startsWith("..")) {
      throw wrong(number, "path '" + word + "', expected one that stays below the task's folder");
    }
    return relative;
  }

  private Path checked(Path file, String word, int number) {
    return switch (inside.place(file)) {
      case INSIDE -> file;
      case OUTSIDE ->
          throw wrong(number, "'" + word + "' is linked to a place outside the task's folder");
      case NO_FILE -> throw wrong(number, "there is no file '" + file + "'" + twin(file));
    };
  }

  private String twin(Path missing) {
    return TwinName.hint(folder, folder.relativize(missing));
  }

  private WrongInputException wrong(int number, String what) {
    return new WrongInputException("'" + list + "' line " + number + ": " + what);
  }
}
