package org.peftbench.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.peftbench.WrongInputException;

/**
 * Brings a CUDA set to this machine. It is then to be tried, and kept if it works.
 *
 * @param sets where it goes
 * @param say told what is done
 */
public record Setup(CudaSets sets, Consumer<String> say) {

  /**
   * Checks that a set can be used here and has space.
   *
   * @throws WrongInputException if not
   */
  public void check(Source source) {
    Room.requirePlatform(source);
    if (!Files.exists(sets.folder().resolve("maven"))) {
      Path repository = Path.of(System.getProperty("user.home"), ".m2", "repository");
      Room.requireSpace(source, sets.folder(), repository);
    }
  }

  /** The set of a Python's own PyTorch, which stays where it is. */
  public CudaSet python(Path given) throws IOException, InterruptedException {
    return open(PythonTorch.libraries(given), Source.PYTHON);
  }

  /** The folder that DJL is to fetch into. */
  public Path folderOfDjl() throws IOException {
    return Files.createDirectories(sets.folder().resolve("djl"));
  }

  /** The set that DJL has fetched. */
  public CudaSet djl(Path library) {
    return open(library, Source.DJL);
  }

  /** The set that Maven repositories have. */
  public CudaSet maven() throws IOException, InterruptedException {
    Maven maven = new Maven("mvn", say);
    return open(new MavenSet(maven, MavenJar.ALL, say).fetch(sets.folder()), Source.MAVEN);
  }

  private static CudaSet open(Path library, Source source) {
    return CudaSet.open(library.toString(), "--from " + source);
  }
}
