package org.peftbench.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;

class VideoFilesTest {

  @TempDir Path folder;

  private void file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
  }

  @Test
  void videosOfAllFoldersByName() throws IOException {
    file("run/b.MP4");
    file("jump/high/a.avi");
    file("jump/.hidden.avi");
    file("jump/readme.txt");
    file("c.v2.webm");
    List<VideoFiles.Found> found = VideoFiles.in(folder);
    assertEquals(
        List.of(Path.of("c.v2"), Path.of("jump/high/a"), Path.of("run/b")),
        found.stream().map(VideoFiles.Found::name).toList());
    assertEquals(
        List.of(Optional.empty(), Optional.of("jump"), Optional.of("run")),
        found.stream().map(VideoFiles.Found::topFolder).toList());
  }

  private void assertRefused(String part) {
    String message =
        assertThrows(WrongInputException.class, () -> VideoFiles.in(folder)).getMessage();
    assertTrue(String.valueOf(message).contains(part), message);
  }

  @Test
  void twoVideosOfOneNameAreRefused() throws IOException {
    file("run/b.mp4");
    file("run/b.avi");
    assertRefused("would write into run/b; rename one");
  }

  @Test
  void framesOfOneDoNotLieAmongThoseOfAnother() throws IOException {
    file("run/b.mp4");
    file("run/b/c.mp4");
    assertRefused("would write into run/b; rename one");
  }

  @Test
  void linksAreFollowed() throws IOException {
    file("elsewhere/b.mp4");
    Path linked = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));
    assertEquals(
        List.of(Path.of("b")), VideoFiles.in(linked).stream().map(VideoFiles.Found::name).toList());
  }

  @Test
  void namesThatNoListCanHoldAreRefused() throws IOException {
    for (String name : List.of("a\nb.mp4", "a .mp4", " a.mp4")) {
      file(name);
      assertRefused("its name cannot stand in a list");
      Files.delete(folder.resolve(name));
    }
  }

  @Test
  void aFolderWithoutVideosIsRefused() throws IOException {
    file("run/b.txt");
    assertRefused("has no videos; files that end in one of 3gp, asf, avi,");
  }
}
