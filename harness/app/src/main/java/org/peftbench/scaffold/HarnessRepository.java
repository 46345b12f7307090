package org.peftbench.scaffold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.peftbench.file.Sha256;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.Contract;

/**
 * The harness's own jars as a Maven repository, for a project to carry.
 *
 * <p>Their version ends in a hash of what they are. Maven keeps what it has once read, under its
 * version, for all projects of a user: under the build's own version, a project made with a newer
 * harness would be tested against the older one's contract.
 */
final class HarnessRepository {

  private static final String GROUP = "org/peftbench";
  private static final int HASH_DIGITS = 12;

  private final Map<String, byte[]> jars;
  private final Map<String, String> values;
  private final String version;

  private HarnessRepository(Map<String, byte[]> jars, Map<String, String> values) {
    this.jars = jars;
    this.version = values.get("bench") + "-" + hash(jars, values);
    this.values = new HashMap<>(values);
    this.values.put("library", version);
  }

  /**
   * The jars that this program runs with.
   *
   * @param values versions, by name
   */
  static HarnessRepository of(Map<String, String> values) throws IOException {
    return new HarnessRepository(
        new TreeMap<>(
            Map.of(
                "bench-spi", HarnessJar.of(PeftMethod.class),
                "bench-testkit", HarnessJar.of(Contract.class))),
        values);
  }

  /** The version that all the jars have. */
  String version() {
    return version;
  }

  /** Writes the jars and what they depend on. */
  void write(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> jar : jars.entrySet()) {
      Path place = folder.resolve(GROUP).resolve(jar.getKey()).resolve(version);
      String name = jar.getKey() + "-" + version;
      Files.createDirectories(place);
      Files.write(place.resolve(name + ".jar"), jar.getValue());
      Files.writeString(place.resolve(name + ".pom"), Template.fill(pom(jar.getKey()), values));
    }
  }

  private static String pom(String artifact) {
    return artifact + ".pom";
  }

  private static String hash(Map<String, byte[]> jars, Map<String, String> values) {
    Map<String, String> unversioned = new HashMap<>(values);
    unversioned.put("library", "");
    String hash =
        Sha256.over(
            digest ->
                jars.forEach(
                    (artifact, bytes) -> {
                      digest.update(bytes);
                      String pom = Template.fill(pom(artifact), unversioned);
                      digest.update(pom.getBytes(StandardCharsets.UTF_8));
                    }));
    return hash.substring(0, HASH_DIGITS);
  }
}
