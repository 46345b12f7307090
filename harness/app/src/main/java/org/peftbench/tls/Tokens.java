package org.peftbench.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.WholeFile;

/**
 * The tokens of a file: one a line, with a name before it or without; blank lines and those that
 * begin with {@code #} are skipped.
 */
public final class Tokens {

  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,40}");

  private final List<Token> tokens;

  private Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a file.
   *
   * @throws WrongInputException if it cannot be read, others may read it, it has no token, or a
   *     line is not one
   */
  public static Tokens read(Path path) {
    try {
      requirePrivate(path);
      byte[] bytes =
          WholeFile.read(path, MOST_BYTES)
              .orElseThrow(() -> new WrongInputException(path + ": more than 1 MiB of tokens"));
      return new Tokens(parse(path, new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw FileTrouble.wrong(path, "cannot be read", e);
    }
  }

  private static void requirePrivate(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(path);
    if (allowed.contains(PosixFilePermission.OTHERS_READ)
        || allowed.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new WrongInputException(
          path + ": everybody on this machine may use it; keep it to yourself: chmod 600 " + path);
    }
  }

  // No message quotes a line: it may be a secret.
  private static List<Token> parse(Path path, String text) {
    List<Token> tokens = new ArrayList<>();
    Set<String> secrets = new HashSet<>();
    int number = 0;
    for (String line : text.lines().map(String::strip).toList()) {
      number++;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+", -1);
      String secret = words[words.length - 1];
      String name = words.length == 2 ? words[0] : "token-" + number;
      String where = path + ": line " + number;
      if (words.length > 2 || !Token.isWord(secret) || !NAME.matcher(name).matches()) {
        throw new WrongInputException(
            where + " is not TOKEN or NAME TOKEN, of letters, digits and ._~+/-");
      }
      if (secret.length() < Token.FEWEST_CHARACTERS) {
        throw new WrongInputException(
            where + ": a token of fewer than 16 characters; make one with: openssl rand -hex 32");
      }
      if (!secrets.add(secret)) {
        throw new WrongInputException(where + ": the token of an earlier line");
      }
      tokens.add(new Token(name, secret));
    }
    if (tokens.isEmpty()) {
      throw new WrongInputException(
          path + ": has no token; expected one a line, such as openssl rand -hex 32 makes");
    }
    return tokens;
  }

  /** How many there are. */
  public int count() {
    return tokens.size();
  }

  /**
   * The only token of a file, for one who has to say it.
   *
   * @throws WrongInputException if it has several
   */
  public static Token one(Path path) {
    Tokens all = read(path);
    if (all.count() != 1) {
      throw new WrongInputException(path + ": has " + all.count() + " tokens, expected one");
    }
    return all.tokens.get(0);
  }

  /**
   * The token that a request says; looks at all of them, so that the time it takes tells nothing.
   *
   * @param authorization the request's {@code Authorization} header
   */
  public Optional<Token> saidBy(String authorization) {
    Optional<Token> found = Optional.empty();
    for (Token token : tokens) {
      if (token.isSaidBy(authorization)) {
        found = Optional.of(token);
      }
    }
    return found;
  }

  /** How many, and none of them. */
  @Override
  public String toString() {
    return tokens.size() + " tokens";
  }
}
