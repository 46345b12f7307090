package org.peftbench.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.file.Sha256;

/** The set from jars, with small jars, and a script in place of Maven. */
class MavenSetTest {

  private static final int LIBRARIES = 30;

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private Path repository;
  private Path parent;

  @BeforeEach
  void folders() throws IOException {
    repository = Files.createDirectory(folder.resolve("repository"));
    parent = folder.resolve("cuda");
  }

  @Test
  void theLibrariesThatAreNeededAreUnpackedAndTheRestIsNot() throws Exception {
    MavenJar torch = jar("pytorch", "libtorch.so", "libtorch_cuda.so");
    MavenJar blas = jar("openblas", "libopenblas.so.0");
    Path set = set(maven(torch, blas), torch, blas).fetch(parent);
    assertEquals(
        List.of("build-version", "libopenblas.so.0", "libtorch.so", "libtorch_cuda.so"),
        names(set));
    assertEquals("libtorch.so of pytorch", Files.readString(set.resolve("libtorch.so")));
    assertEquals(
        new CudaSet(set, "2.7.1+maven-cu129", "--from maven"),
        CudaSet.open(set.toString(), "--from maven"));
    assertEquals(List.of("maven"), names(parent), "nothing is left of the work");
    assertTrue(
        said.contains("  Downloading " + torch.file()) && !said.toString().contains("secret"),
        said.toString());
    said.clear();
    set(new Maven("false", said::add), torch, blas).fetch(parent);
    assertEquals(List.of(set + " is there already"), said, "the second time Maven is not asked");
  }

  @Test
  void whatMavenCannotGetIsSaidInItsWordsAndLeavesNothing() throws Exception {
    Path maven = script("echo '[ERROR] Could not find artifact pytorch'; echo '[ERROR] '; exit 1");
    assertRefused(
        () -> set(new Maven(maven.toString(), said::add), jar("pytorch")).fetch(parent),
        "Maven cannot get the CUDA set: Could not find artifact pytorch; the same command goes on");
    assertEquals(List.of(), names(parent));
  }

  @Test
  void aMachineWithoutMavenIsToldTheOtherWays() throws Exception {
    String absent = folder.resolve("mvn").toString();
    assertRefused(
        () -> set(new Maven(absent, said::add), jar("pytorch")).fetch(parent),
        "there is no " + absent + ", which fetches the CUDA set; install Maven");
  }

  @Test
  void aJarThatIsNotTheOneThatIsKnownIsRefusedAndLeavesNothing() throws Exception {
    MavenJar torch = jar("pytorch", "libtorch.so");
    Path file = repository.resolve(torch.file());
    Files.writeString(file, "more", StandardOpenOption.APPEND);
    assertRefused(
        () -> set(maven(torch), torch).fetch(parent),
        file + " has the SHA-256 ",
        "; delete it to have it fetched anew");
    assertEquals(List.of(), names(parent));
  }

  @Test
  void aJarWithoutALibraryThatIsNeededIsRefused() throws Exception {
    MavenJar torch = jar("pytorch", "libtorch.so");
    MavenJar more =
        new MavenJar(
            torch.artifact(),
            torch.version(),
            torch.classifier(),
            0,
            torch.sha256(),
            List.of("libtorch.so", "libtorch_cuda.so"));
    assertRefused(() -> set(maven(more), more).fetch(parent), " lacks libtorch_cuda.so");
    assertFalse(Files.exists(parent.resolve("maven")));
  }

  @Test
  void eachLibraryOfTheRealSetComesFromOneJar() {
    List<String> libraries =
        MavenJar.ALL.stream().flatMap(jar -> jar.libraries().stream()).toList();
    assertEquals(LIBRARIES, libraries.size());
    assertEquals(LIBRARIES, libraries.stream().distinct().count());
    assertTrue(libraries.containsAll(List.of("libtorch.so", "libtorch_cuda.so")));
  }

  private MavenSet set(Maven maven, MavenJar... jars) {
    return new MavenSet(maven, List.of(jars), said::add);
  }

  /** A jar with libraries that are needed, and one that is not. */
  private MavenJar jar(String artifact, String... libraries) throws IOException {
    Path file = repository.resolve(artifact + "-1-linux.jar");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String library : Stream.concat(Stream.of(libraries), Stream.of("libjni.so")).toList()) {
        zip.putNextEntry(new ZipEntry("org/bytedeco/linux/" + library));
        zip.write((library + " of " + artifact).getBytes(StandardCharsets.UTF_8));
      }
    }
    return new MavenJar(artifact, "1", "linux", 0, Sha256.of(file), List.of(libraries));
  }

  /** A Maven that has these jars. */
  private Maven maven(MavenJar... jars) throws IOException {
    String paths =
        Stream.of(jars)
            .map(jar -> repository.resolve(jar.file()).toString())
            .reduce((one, other) -> other + ":" + one)
            .orElseThrow();
    Path script =
        script(
            "echo '[INFO] Downloading from central: place/secret/%s'\n".formatted(jars[0].file())
                + "for a; do case $a in -Dmdep.outputFile=*) printf '%s' > ${a#*=};; esac; done"
                    .formatted(paths));
    return new Maven(script.toString(), said::add);
  }

  private Path script(String text) throws IOException {
    Path file = Files.createTempFile(folder, "mvn", "");
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
