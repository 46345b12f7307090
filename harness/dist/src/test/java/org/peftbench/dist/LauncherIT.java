package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher makes of a machine before Java runs. */
class LauncherIT {

  /** Somebody who owns nothing here, where the test may become one. */
  private static final String STRANGER =
      """
      stranger=
      [ "$(id -u)" != 0 ] || stranger='setpriv --reuid=65534 --regid=65534 --clear-groups'
      chmod -R a-w it
      """;

  @TempDir Path folder;
  private Checkout checkout;

  @BeforeEach
  void makeACheckout() throws Exception {
    checkout = Checkout.in(folder);
  }

  private void assertRefused(String message, BenchProcess.Result result) {
    assertEquals("bench: " + message + "\n", result.err());
    assertEquals("", result.out());
    assertEquals(2, result.exit());
  }

  @ParameterizedTest
  @CsvSource({"17, false", "21, false", "23, false", "24, true", "25, true", "26, true"})
  void librariesMayWhatNewerJavasWarnOf(String version, boolean told) throws Exception {
    String out = checkout.tell("VERSION=%s it/bench list".formatted(version)).expect(0).out();
    assertEquals(told, out.contains("--enable-native-access=ALL-UNNAMED\n"), out);
    assertEquals(told, out.contains("--sun-misc-unsafe-memory-access=allow\n"), out);
    assertTrue(out.endsWith("org.peftbench.cli.Bench\nlist\n"), out);
  }

  @Test
  void aJavaThatIsTooOldIsRefused() throws Exception {
    assertRefused(
        folder.resolve("jdk/bin/java") + " is Java 1.8; 17 or newer is needed",
        checkout.tell("VERSION=1.8 it/bench list"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unset LC_ALL LANG", "LC_ALL=POSIX", "LC_ALL=en_XX.UTF-8"})
  void javaRunsInALocaleThatHasAllNames(String locale) throws Exception {
    String lines = locale + "; THEN='echo in $LC_ALL' it/bench list 2>/dev/null";
    String out = checkout.tell(lines).expect(0).out();
    assertTrue(out.endsWith("in C.UTF-8\n"), out);
  }

  @Test
  void whereNoLocaleHasThemANameBeyondAsciiIsRefused() throws Exception {
    String refusal =
        "this system has no locale C.UTF-8, which names beyond ASCII need; install it, or set"
            + " LC_ALL to another of UTF-8";
    checkout.tell("NO_UTF8=1 it/bench list --data 'a b'").expect(0);
    assertRefused(refusal, checkout.tell("NO_UTF8=1 it/bench list $'caf\\303\\251'"));
    assertRefused(
        refusal, checkout.tell("mv it $'\\303\\251'; NO_UTF8=1 $'\\303\\251/bench' list"));
  }

  @Test
  void aColonInThePathIsRefused() throws Exception {
    assertRefused(
        folder.toRealPath().resolve("12:30")
            + ": Java takes the ':' for the end of a path; give that folder another name",
        checkout.tell("mv it 12:30; 12:30/bench list"));
  }

  @Test
  void spacesAndStarsInThePathAreNone() throws Exception {
    String out = checkout.tell("mv it 'a * b'; 'a * b/bench' list").expect(0).out();
    assertTrue(
        out.contains("\n" + folder.toRealPath() + "/a * b/harness/dist/target/lib/*\n"), out);
  }

  @Test
  void theHomeOfTheEnvironmentIsTheUsers() throws Exception {
    assertTrue(
        checkout.tell("HOME='/a b' it/bench list").expect(0).out().contains("-Duser.home=/a b\n"));
    for (String without : List.of("HOME= it/bench list", "env -u HOME it/bench list")) {
      String out = checkout.tell(without).expect(0).out();
      assertFalse(out.contains("user.home"), out);
    }
  }

  @Test
  void archivesOfClassesAreUsedWhereTheBuildMadeThem() throws Exception {
    String without = checkout.tell("it/bench list").expect(0).out();
    assertFalse(without.contains(".jsa"), without);
    String target = folder.toRealPath() + "/it/harness/dist/target";
    String lines = "(cd it/harness/dist/target && touch bench.jsa child.jsa); it/bench list";
    String out = checkout.tell(lines).expect(0).out();
    assertTrue(out.contains("-XX:SharedArchiveFile=" + target + "/bench.jsa\n"), out);
    assertTrue(out.contains("-Dbench.archive=" + target + "/child.jsa\n"), out);
  }

  @Test
  void whatAnotherUserBuiltIsLockedWithoutAWord() throws Exception {
    String lines =
        STRANGER
            + """
            export THEN='flock -n it/harness/dist/target/.lock true || echo locked'
            $stranger it/bench list
            """;
    BenchProcess.Result result = checkout.tell(lines).expect(0);
    assertEquals("", result.err());
    assertTrue(result.out().endsWith("locked\n"), result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"built", ".lock built"})
  void whoMayNotBuildIsToldWhoMay(String missing) throws Exception {
    String lines = "(cd it/harness/dist/target && rm %s)\n".formatted(missing);
    String owner = checkout.run("id -un").out().strip();
    assertRefused(
        folder.toRealPath().resolve("it")
            + " must be built, and cannot be written to; it belongs to "
            + owner
            + ": let them run bench once, or use a copy",
        checkout.tell(lines + STRANGER + "$stranger it/bench list"));
  }

  @Test
  void closedStreamsBecomeNoFiles() throws Exception {
    assertRefused(
        "standard output is closed; send it to a file, or to /dev/null",
        checkout.tell("it/bench list >&-"));
    String streams = "THEN='ls -l /proc/self/fd' it/bench list <&- 2>&-";
    String out = checkout.tell(streams).expect(0).out();
    assertTrue(out.matches("(?s).* 0 -> /dev/null\n.* 2 -> /dev/null\n.*"), out);
  }

  @Test
  void tooFewAddressesForJavaAreNamed() throws Exception {
    BenchProcess.Result result = checkout.run("ulimit -v 1000000; it/bench list");
    String refusal =
        "bench: \\S+/java cannot start within ulimit -v 1000000 \\(KiB\\): .*object heap\n";
    assertTrue(result.err().matches(refusal), result.err());
    assertEquals(2, result.exit());
  }
}
