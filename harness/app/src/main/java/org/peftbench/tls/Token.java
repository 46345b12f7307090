package org.peftbench.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** A secret word that says who asks; only its name is ever printed. */
public final class Token {

  /** A shorter one could be guessed. */
  static final int FEWEST_CHARACTERS = 16;

  // RFC 6750's, bounded.
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._~+/-]{1,1000}={0,9}");
  private static final String SCHEME = "Bearer ";

  private final String name;
  private final String secret;
  private final byte[] hash;

  Token(String name, String secret) {
    this.name = name;
    this.secret = secret;
    this.hash = hash(secret);
  }

  /** Whether a word can be a token, however short. */
  static boolean isWord(String word) {
    return WORD.matcher(word).matches();
  }

  /** Whose it is. */
  public String name() {
    return name;
  }

  /** What a request says in its {@code Authorization} header. */
  public String authorization() {
    return SCHEME + secret;
  }

  /** Whether a request said it; takes as long whatever was said. */
  boolean isSaidBy(String authorization) {
    String said = authorization.startsWith(SCHEME) ? authorization.substring(SCHEME.length()) : "";
    return MessageDigest.isEqual(hash, hash(said));
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }
}
