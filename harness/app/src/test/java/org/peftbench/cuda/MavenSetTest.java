package org.peftbench.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.file.FolderLock;
import org.peftbench.file.Sha256;

/** The set from jars, with small jars, and a script in place of Maven. */
class MavenSetTest {

  private static final int LIBRARIES = 30;

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private Path repository;
  private Path parent;
  private Path place;

  @BeforeEach
  void folders() throws IOException {
    repository = Files.createDirectory(folder.resolve("repository"));
    parent = folder.resolve("cuda");
    place = parent.resolve("maven");
  }

  @Test
  void theLibrariesThatAreNeededAreUnpackedAndTheRestIsNot() throws Exception {
    MavenJar torch = jar("pytorch", "libtorch.so", "libtorch_cuda.so");
    MavenJar blas = jar("openblas", "libopenblas.so.0");
    Path set = set(maven(torch, blas), torch, blas).fetch(parent);
    assertEquals(
        List.of("build-version", "libopenblas.so.0", "libtorch.so", "libtorch_cuda.so", "sizes"),
        names(set));
    assertEquals("libtorch.so of pytorch", Files.readString(set.resolve("libtorch.so")));
    assertEquals(
        new CudaSet(set, "2.7.1+maven-cu129", "--from maven"),
        CudaSet.open(set.toString(), "--from maven"));
    assertEquals(List.of(".lock", "maven"), names(parent), "nothing is left of the work");
    assertTrue(
        said.contains("  Downloading " + torch.file()) && !said.toString().contains("secret"),
        said.toString());
    said.clear();
    set(new Maven("false", said::add), torch, blas).fetch(parent);
    assertEquals(List.of(set + " is there already"), said, "the second time Maven is not asked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"libopenblas.so.0", "build-version", "sizes"})
  void aSetThatLacksAFileOrAPartOfOneIsReplaced(String name) throws Exception {
    MavenJar torch = jar("pytorch", "libtorch.so", "libtorch_cuda.so");
    MavenJar blas = jar("openblas", "libopenblas.so.0");
    MavenSet set = set(maven(torch, blas), torch, blas);
    Path file = set.fetch(parent).resolve(name);
    String whole = Files.readString(file);
    assertTrue(set.isWhole(place));
    Files.writeString(file, "");
    assertFalse(set.isWhole(place), "cut off");
    Files.delete(file);
    assertFalse(set.isWhole(place), "lost");
    set.fetch(parent);
    assertEquals(whole, Files.readString(file));
    assertTrue(set.isWhole(place));
    assertTrue(said.contains(place + " is damaged, and replaced"), said.toString());
    assertEquals(List.of(".lock", "maven"), names(parent));
  }

  @Test
  void aDamagedSetStaysWhereNoOtherCanBeHad() throws Exception {
    Path library = Files.createDirectories(place).resolve("libtorch.so");
    Files.writeString(library, "part");
    assertRefused(
        () -> set(new Maven("false", said::add), jar("pytorch")).fetch(parent),
        "Maven cannot get the CUDA set");
    assertEquals("part", Files.readString(library));
  }

  @Test
  void whatAnAttemptLeftThatWasKilledIsDeleted() throws Exception {
    Path left = Files.createDirectories(parent.resolve(".maven123/lib"));
    Files.writeString(left.resolve("libtorch.so"), "part");
    MavenJar torch = jar("pytorch", "libtorch.so");
    set(maven(torch), torch).fetch(parent);
    assertEquals(List.of(".lock", "maven"), names(parent));
  }

  @Test
  void aSecondSetupAtTheSameTimeWaitsAndSaysForWhom() throws Exception {
    Path work = Files.createDirectories(parent.resolve(".maven123"));
    MavenJar torch = jar("pytorch", "libtorch.so");
    FolderLock first = FolderLock.take(parent);
    List<String> waited = new ArrayList<>();
    Consumer<String> say =
        line -> {
          if (line.startsWith("waiting")) {
            waited.add(line);
            assertTrue(Files.exists(work), "it is the first one's");
            first.close();
          }
        };
    new MavenSet(maven(torch), List.of(torch), say).fetch(parent);
    assertEquals(
        List.of(
            "waiting for process " + ProcessHandle.current().pid() + ", which fetches the same"),
        waited);
    assertEquals(List.of(".lock", "maven"), names(parent));
  }

  @Test
  void mavenEndsWithTheOneWhoCalledIt() throws Exception {
    Path id = folder.resolve("id");
    MavenJar torch = jar("pytorch", "libtorch.so");
    Path script =
        script(
            "echo $$ > %s; echo '[INFO] Downloading from central: place/%s'; exec sleep 1000"
                .formatted(id, torch.file()));
    Consumer<String> broken =
        line -> {
          throw new IllegalStateException(line);
        };
    assertThrows(
        IllegalStateException.class,
        () -> set(new Maven(script.toString(), broken), torch).fetch(parent));
    Optional<ProcessHandle> maven = ProcessHandle.of(Long.parseLong(Files.readString(id).strip()));
    if (maven.isPresent()) {
      maven.get().onExit().get(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void jarsThatAreThereDoNotCountAsBytesToCome() throws Exception {
    MavenJar torch = new MavenJar("pytorch", "1", "linux", 5, "", List.of());
    MavenJar blas = new MavenJar("openblas", "2", "linux", 70, "", List.of());
    List<MavenJar> both = List.of(torch, blas);
    assertEquals(75, MavenJar.bytesToCome(both, repository));
    Path there = Files.createDirectories(repository.resolve("org/bytedeco/pytorch/1"));
    Path file = Files.writeString(there.resolve("pytorch-1-linux.jar"), "part");
    assertEquals(75, MavenJar.bytesToCome(both, repository), "a part of a jar is no jar");
    Files.writeString(file, "whole");
    assertEquals(70, MavenJar.bytesToCome(both, repository));
  }

  @Test
  void whatMavenCannotGetIsSaidInItsWordsAndLeavesNothing() throws Exception {
    Path maven = script("echo '[ERROR] Could not find artifact pytorch'; echo '[ERROR] '; exit 1");
    assertRefused(
        () -> set(new Maven(maven.toString(), said::add), jar("pytorch")).fetch(parent),
        "Maven cannot get the CUDA set: Could not find artifact pytorch; the same command goes on");
    assertEquals(List.of(".lock"), names(parent));
  }

  @Test
  void mavenGivesUpAServerThatStallsAndItIsSaidHowLongItWaited() throws Exception {
    Path given = folder.resolve("given");
    Path maven =
        script(
            "echo $* > %s; echo '[ERROR] GET http://localhost/a.jar failed: Read timed out'; exit 1"
                .formatted(given));
    assertRefused(
        () -> set(new Maven(maven.toString(), said::add), jar("pytorch")).fetch(parent),
        "GET http://localhost/a.jar failed: Read timed out (no byte for 60 s); the same command");
    String options = Files.readString(given);
    assertTrue(options.contains("-Dmaven.wagon.rto=60000 "), options);
    assertTrue(options.contains("-Daether.connector.requestTimeout=60000 "), options);
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
    assertEquals(List.of(".lock"), names(parent));
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
