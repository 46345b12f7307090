package org.peftbench.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.WholeFile;

/**
 * A PEM file: blocks of base64 between lines that say what each is; other text is not looked at.
 *
 * @param path the file
 * @param blocks in order
 */
record PemFile(Path path, List<Block> blocks) {

  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");

  /**
   * A block.
   *
   * @param label such as {@code CERTIFICATE}
   * @param encrypted whether its first lines say that a password is needed
   * @param base64 its content, without line ends
   */
  record Block(String label, boolean encrypted, String base64) {}

  /**
   * Reads a file.
   *
   * @throws WrongInputException if it cannot be read, is too large, or a block does not end
   */
  static PemFile read(Path path) {
    byte[] bytes;
    try {
      bytes =
          WholeFile.read(path, MOST_BYTES)
              .orElseThrow(() -> new WrongInputException(path + ": more than 1 MiB; not PEM"));
    } catch (IOException e) {
      throw FileTrouble.wrong(path, "cannot be read", e);
    }
    return new PemFile(path, blocks(path, new String(bytes, StandardCharsets.ISO_8859_1)));
  }

  private static List<Block> blocks(Path path, String text) {
    List<Block> blocks = new ArrayList<>();
    String label = "";
    boolean encrypted = false;
    StringBuilder base64 = new StringBuilder();
    for (String line : text.lines().map(String::strip).toList()) {
      Matcher begin = BEGIN.matcher(line);
      if (label.isEmpty() && begin.matches()) {
        label = begin.group(1);
      } else if (!label.isEmpty() && line.equals("-----END " + label + "-----")) {
        blocks.add(new Block(label, encrypted, base64.toString()));
        label = "";
        encrypted = false;
        base64.setLength(0);
      } else if (!label.isEmpty() && line.contains(":")) {
        encrypted |= line.contains("ENCRYPTED");
      } else if (!label.isEmpty()) {
        base64.append(line);
      }
    }
    if (!label.isEmpty()) {
      throw new WrongInputException(path + ": its " + label + " does not end; it is cut off");
    }
    return blocks;
  }

  /** The bytes of a block. */
  byte[] bytes(Block block) {
    try {
      return Base64.getDecoder().decode(block.base64());
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(path + ": its " + block.label() + " is not base64", e);
    }
  }

  /** What it has instead, to be told. */
  String found() {
    return blocks.isEmpty()
        ? "no PEM block"
        : String.join(", ", blocks.stream().map(Block::label).distinct().toList());
  }
}
