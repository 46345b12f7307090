package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that are not as their users would have them: full, plain, narrow, without a home. */
class MachineIT {

  @TempDir Path folder;

  private BenchProcess.Result type(String lines) throws Exception {
    return Shell.in(folder).run(lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "list methods", "completion", "describe --all --format csv"})
  void whatADiskHasNoRoomForIsNoSuccess(String command) throws Exception {
    BenchProcess.Result result = type("./bench " + command + " >/dev/full").expect(1);
    assertEquals(
        "bench: standard output could not be written: No space left on device\n", result.err());
  }

  @Test
  void aReaderThatHasReadEnoughIsNoTrouble() throws Exception {
    BenchProcess.Result result = type("./bench completion | head -n 1").expect(0);
    assertEquals("", result.err());
  }

  /** What the shell makes, as this test's Java may itself run in a plain locale. */
  @Test
  void namesBeyondAsciiWorkInAPlainLocale() throws Exception {
    TinyData.write(folder.resolve("data"));
    Checkout checkout = Checkout.in(folder);
    String lines =
        """
        export LC_ALL=C
        name=$'caf\\303\\251'
        mv it "$name" && mkdir "$name/data" && mv data/colours "$name/data/$name"
        mv "$name/data/$name/images/test" "$name/data/$name/images/$name"
        sed -i "s#images/test#images/$name#" "$name/data/$name/test.txt"
        ln -s '%s' "$name/harness/dist/target/lib"
        "$name/bench" %s && ls "$name/out" && rm "$name/harness/dist/target/lib"
        """
            .formatted(
                Path.of("target", "lib").toAbsolutePath(),
                Stream.of(
                        TinyRun.arguments(
                            Path.of("DATA"), Path.of("OUT"), "linear", "NAME", "--epochs", "1"))
                    .map(
                        word ->
                            word.replace("DATA", "\"$name/data\"")
                                .replace("OUT", "\"$name/out\"")
                                .replace("NAME", "\"$name\""))
                    .collect(Collectors.joining(" ")));
    BenchProcess.Result result = checkout.run(lines).expect(0);
    assertTrue(result.err().contains("linear on caf\u00e9, seed 0"), result.err());
    assertTrue(result.out().contains("__seed0__"), result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"list tasks --data", "merge"})
  void withoutTheLauncherThePlainLocaleIsNamed(String command) throws Exception {
    BenchProcess.Result result = type("LC_ALL=C ./bench " + command + " $'caf\\303\\251'");
    assertEquals(2, result.exit());
    String said = result.err().lines().findFirst().orElse("");
    assertTrue(said.startsWith("bench: ") && said.contains("' cannot be a path: "), said);
    assertTrue(
        said.endsWith("; the locale's characters are ANSI_X3.4-1968, set LC_ALL=C.UTF-8"), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HOME=/dev/null", "HOME="})
  void withoutAHomeTheVariableIsNamed(String home) throws Exception {
    BenchProcess.Result result =
        type(
            "unset BENCH_CACHE XDG_CACHE_HOME; "
                + home
                + " ./bench run --dry-run --methods linear --tasks pocket_count");
    assertEquals(2, result.exit());
    assertTrue(
        result.err().endsWith("; set BENCH_CACHE to a folder that can be written\n"), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
  }

  @Test
  void tooFewAddressesForTheEngineAreNamed() throws Exception {
    Path data = TinyData.write(folder.resolve("data"));
    String words =
        String.join(" ", TinyRun.arguments(data, folder.resolve("out"), "linear", "colours"));
    BenchProcess.Result result = type("ulimit -v 6000000; ./bench " + words);
    assertTrue(result.exit() != 0, result.out());
    assertTrue(result.err().contains("; it ran within ulimit -v 6000000 (KiB)"), result.err());
  }
}
