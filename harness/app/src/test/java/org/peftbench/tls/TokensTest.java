package org.peftbench.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;

class TokensTest {

  private static final String FIRST = "0123456789abcdef";
  private static final String SECOND = "fedcba9876543210==";

  @TempDir Path folder;

  @Test
  void aTokenIsKnownByItsName() throws IOException {
    Tokens tokens = Tokens.read(file("# who\n\nroof " + FIRST + "\n" + SECOND + "\n", "rw-------"));
    assertEquals(2, tokens.count());
    assertEquals(Optional.of("roof"), tokens.saidBy("Bearer " + FIRST).map(Token::name));
    assertEquals(Optional.of("token-4"), tokens.saidBy("Bearer " + SECOND).map(Token::name));
    assertTrue(tokens.saidBy("Bearer " + FIRST + "0").isEmpty());
    assertTrue(tokens.saidBy(FIRST).isEmpty());
    assertTrue(tokens.saidBy("Bearer ").isEmpty());
    assertTrue(tokens.saidBy("").isEmpty());
  }

  @Test
  void whoHasOneSaysIt() throws IOException {
    Token token = Tokens.one(file(FIRST, "rw-------"));
    assertEquals("Bearer " + FIRST, token.authorization());
    assertFalse(token.toString().contains(FIRST));
    Path two = file(FIRST + "\n" + SECOND, "rw-------");
    assertEquals(
        two + ": has 2 tokens, expected one",
        assertThrows(WrongInputException.class, () -> Tokens.one(two)).getMessage());
  }

  @Test
  void aFileThatOthersReadIsRefused() throws IOException {
    Path open = file(FIRST, "rw-r--r--");
    assertTrue(refusal(open).endsWith("chmod 600 " + open));
  }

  @Test
  void whatIsNoTokenIsRefusedWithoutSayingIt() throws IOException {
    assertTrue(refusal(file("# nobody\n", "rw-------")).contains("has no token"));
    assertTrue(refusal(file("short", "rw-------")).contains("fewer than 16 characters"));
    for (String line :
        new String[] {
          "a b " + FIRST, FIRST + "\u00e9", FIRST + "=a", "n:ame " + FIRST, "x\n" + FIRST + "\u0000"
        }) {
      String message = refusal(file(line, "rw-------"));
      assertFalse(message.contains(FIRST), message);
    }
    assertTrue(
        refusal(file(FIRST + "\n" + FIRST, "rw-------"))
            .endsWith("line 2: the token of an earlier line"));
  }

  private Path file(String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("tokens"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static String refusal(Path file) {
    return String.valueOf(
        assertThrows(WrongInputException.class, () -> Tokens.read(file)).getMessage());
  }
}
