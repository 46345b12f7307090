package org.peftbench.cuda;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.peftbench.WrongInputException;
import org.peftbench.file.FolderTree;

/**
 * Brings a CUDA set to this machine. It is then to be tried, and kept if it works.
 *
 * @param sets where it goes
 * @param say told what is done
 */
public record Setup(CudaSets sets, Consumer<String> say) {

  /**
   * Checks that a set can be used here, will be used, and has space.
   *
   * @throws WrongInputException if not
   */
  public void check(Source source) throws IOException {
    if (source != Source.PYTHON) { // whose folder is not known before it is asked
      sets.requireUsed(folder(source));
    }
    Room.requirePlatform(source);
    if (source != Source.MAVEN || !mavenSet().isWhole(folder(source))) {
      Room.requireSpace(source, sets.folder(), Maven.repository());
    }
  }

  /** The set of a Python's own PyTorch, which stays where it is. */
  public CudaSet python(Path given) throws IOException, InterruptedException {
    Path library = PythonTorch.libraries(given);
    sets.requireUsed(library);
    return open(library, Source.PYTHON);
  }

  /** The folder that DJL is to fetch into, under its lock. */
  public Path folderOfDjl() throws IOException {
    return Files.createDirectories(folder(Source.DJL));
  }

  /** Deletes what DJL left of an attempt that was killed: it begins anew each time. */
  public void clearDjl() throws IOException {
    Path fetched = folder(Source.DJL).resolve("pytorch");
    if (Files.isDirectory(fetched)) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(fetched, "tmp*")) {
        for (Path one : left) {
          FolderTree.delete(one);
        }
      }
    }
  }

  /** The set that DJL has fetched. */
  public CudaSet djl(Path library) {
    return open(library, Source.DJL);
  }

  /** The set that Maven repositories have. */
  public CudaSet maven() throws IOException, InterruptedException {
    return open(mavenSet().fetch(sets.folder()), Source.MAVEN);
  }

  private MavenSet mavenSet() {
    return new MavenSet(new Maven("mvn", say), MavenJar.ALL, say);
  }

  private Path folder(Source source) {
    return sets.folder().resolve(source.toString());
  }

  private static CudaSet open(Path library, Source source) {
    return CudaSet.open(library.toString(), "--from " + source);
  }
}
