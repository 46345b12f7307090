package org.peftbench.task;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.peftbench.WrongInputException;
import org.peftbench.file.WholeFile;

/** Reads one list of images and believes none of it: sizes, paths, labels. */
final class ListReader {

  private static final int MAX_BYTES = 64 << 20;
  private static final int MAX_LINES = 1_000_000;
  private static final int MAX_LINE_CHARACTERS = 4096;
  private static final String EXPECTED = "expected 'images/... label'";

  private final Path folder;
  private final Path realFolder;
  private final Path list;
  private final int classes;
  private final Set<Path> parentsInside = new HashSet<>();

  private ListReader(Path folder, ListName name, int classes) throws IOException {
    this.folder = folder;
    this.realFolder = folder.toRealPath();
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
    List<String> lines = text(bytes).lines().limit(MAX_LINES + 1L).toList();
    if (lines.size() > MAX_LINES) {
      throw new IOException("more than " + MAX_LINES + " lines");
    }
    List<LabelledImage> images = new ArrayList<>(lines.size());
    int[] lineNumbers = new int[lines.size()];
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty()) {
        lineNumbers[images.size()] = i + 1;
        images.add(parse(line, i + 1));
      }
    }
    if (images.isEmpty()) {
      throw new IOException("it lists no images; expected lines 'images/... label'");
    }
    return new ImageList(name, list, bytes, images, lineNumbers);
  }

  private static String text(byte[] bytes) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("not a text in UTF-8", e);
    }
  }

  private LabelledImage parse(String line, int number) throws IOException {
    if (line.length() > MAX_LINE_CHARACTERS) {
      throw wrong(number, "it has " + line.length() + " characters, " + EXPECTED);
    }
    int gap = line.length() - 1;
    while (gap >= 0 && !Character.isWhitespace(line.charAt(gap))) {
      gap--;
    }
    if (gap < 0) {
      throw wrong(number, "found '" + line + "', " + EXPECTED);
    }
    int label = label(line.substring(gap + 1), number);
    return new LabelledImage(file(line.substring(0, gap).strip(), number), label);
  }

  private int label(String word, int number) {
    boolean digits = !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || word.length() > 9 || Integer.parseInt(word) >= classes) {
      throw wrong(number, "label '" + word + "', expected an integer from 0 to " + (classes - 1));
    }
    return Integer.parseInt(word);
  }

  private Path file(String word, int number) throws IOException {
    Path relative;
    try {
      relative = Path.of(word).normalize();
    } catch (InvalidPathException e) {
      throw wrong(number, "found '" + word + "', " + EXPECTED);
    }
    if (relative.isAbsolute() || relative.startsWith("..")) {
      throw wrong(number, "path '" + word + "', expected one that stays below the task's folder");
    }
    Path file = folder.resolve(relative);
    if (!Files.isRegularFile(file)) {
      throw wrong(number, "there is no file '" + file + "'");
    }
    if (!staysInside(file)) {
      throw wrong(number, "'" + word + "' is linked to a place outside the task's folder");
    }
    return file;
  }

  private boolean staysInside(Path file) throws IOException {
    Path parent = file.resolveSibling("");
    if (!parentsInside.contains(parent)) {
      if (!parent.toRealPath().startsWith(realFolder)) {
        return false;
      }
      parentsInside.add(parent);
    }
    var attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return !attributes.isSymbolicLink() || file.toRealPath().startsWith(realFolder);
  }

  private WrongInputException wrong(int number, String what) {
    return new WrongInputException("'" + list + "' line " + number + ": " + what);
  }
}
