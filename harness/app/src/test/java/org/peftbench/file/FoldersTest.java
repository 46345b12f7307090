package org.peftbench.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peftbench.WrongInputException;

class FoldersTest {

  private static Folders folders(String... set) {
    return new Folders(
        set.length == 2
            ? Map.of("HOME", "/home/one", set[0], set[1])
            : Map.of("HOME", "/home/one", set[0], set[1], set[2], set[3]));
  }

  @Test
  void downloadedThingsGoToTheUsersCache() {
    Path home = Path.of("/home/one/.cache/peft-bench");
    assertEquals(home, new Folders(Map.of("HOME", "/home/one")).cache());
    assertEquals(home, folders("XDG_CACHE_HOME", "").cache());
    assertEquals(Path.of("/x/peft-bench"), folders("XDG_CACHE_HOME", "/x").cache());
    assertEquals(Path.of("own"), folders("XDG_CACHE_HOME", "/x", "BENCH_CACHE", "own").cache());
    assertEquals(Path.of("own/weights"), folders("BENCH_CACHE", "own").weights());
  }

  @Test
  void withoutAnyOfThemThereIsNoPlace() {
    Folders none = new Folders(Map.of("HOME", ""));
    assertEquals(
        "HOME is not set, so nothing can be kept; set BENCH_CACHE to a folder that can be written",
        assertThrows(WrongInputException.class, none::cache).getMessage());
    assertEquals("", none.cure(Path.of("/x")));
  }

  @Test
  void whatCannotBeKeptNamesTheVariable() {
    Folders folders = new Folders(Map.of("HOME", "/nonexistent"));
    assertEquals(
        "; set BENCH_CACHE to a folder that can be written",
        folders.cure(Path.of("/nonexistent/.cache/peft-bench/weights/vit.safetensors")));
    assertEquals("", folders.cure(Path.of("/nonexistent/out/record.json")));
  }
}
