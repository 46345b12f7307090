package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.peftbench.spi.PeftMethod;

/** Compiles a stranger's method into a jar: it trains the final norm's bias, and may misbehave. */
final class JarBuilder {

  private static final String SOURCE =
      """
      package stranger;
      import ai.djl.ndarray.NDArray;
      import java.util.*;
      import org.peftbench.model.*;
      import org.peftbench.spi.*;
      public final class Method implements BackboneMethod<Method.Config> {
        public record Config() {}
        public Method() { %s }
        public String id() { return "%s"; }
        public String title() { return %s; }
        public String bibtex() { return "@misc{stranger}"; }
        public Class<Config> configType() { return Config.class; }
        public String equation() { return "y = x + b"; }
        public boolean startsAsBackbone(Config config) { return true; }
        public long trainableParameters(Config config, ViTConfig backbone) {
          return backbone.width();
        }
        public void adapt(Config config, VisionTransformer backbone) {
          %s
          backbone.unfreeze("norm.bias");
          backbone.wrap("norm", Watched::new);
        }
        static final class Watched extends Part {
          Watched(Part base) { add("base", base); }
          @Override public NDArray forward(NDArray x, boolean training) {
            if (training) { %s }
            return part("base").forward(x, training);
          }
        }
        static void say(String line, int times) {
          try {
            new java.io.FileOutputStream(java.io.FileDescriptor.out).write((line + "\\n").repeat(times).getBytes("UTF-8"));
          } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
          }
        }
        static void fork(int seconds) {
          try {
            new ProcessBuilder("sh", "-c", "(sleep " + seconds + " &)")
                .inheritIO().start().waitFor();
          } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
        static int overflow(int depth) { return 1 + overflow(depth + 1); }
        static void allocate() {
          List<long[]> kept = new ArrayList<>();
          while (true) { kept.add(new long[1 << 26]); }
        }
      }
      """;

  private final String id;
  private String title = "\"A stranger's method\"";
  private String classPath = "";
  private String constructor = "";
  private String adapt = "";
  private String training = "";
  private String spi = Integer.toString(PeftMethod.SPI_VERSION);

  JarBuilder(String id) {
    this.id = id;
  }

  /** The expression that is its title. */
  JarBuilder title(String code) {
    title = code;
    return this;
  }

  /** Jars that its manifest names. */
  JarBuilder classPath(String jars) {
    classPath = jars;
    return this;
  }

  /** Statements of the provider's constructor. */
  JarBuilder constructor(String code) {
    constructor = code;
    return this;
  }

  /** Statements before the backbone is adapted. */
  JarBuilder adapt(String code) {
    adapt = code;
    return this;
  }

  /** Statements of every forward pass in training. */
  JarBuilder training(String code) {
    training = code;
    return this;
  }

  JarBuilder spi(String version) {
    spi = version;
    return this;
  }

  /** Writes the jar. */
  Path write(Path jar) throws IOException {
    Path classes = Files.createTempDirectory("stranger");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    SimpleJavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///stranger/Method.java"), SimpleJavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return SOURCE.formatted(constructor, id, title, adapt, training);
          }
        };
    List<String> options =
        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    assertTrue(compiler.getTask(null, null, null, options, null, List.of(source)).call());
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bench-Spi-Version", spi);
    if (!classPath.isEmpty()) {
      manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    }
    Files.createDirectories(jar.getParent());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> compiled = Files.list(classes.resolve("stranger"))) {
      out.putNextEntry(new JarEntry("META-INF/services/" + PeftMethod.class.getName()));
      out.write("stranger.Method\n".getBytes(StandardCharsets.UTF_8));
      for (Path one : compiled.sorted().toList()) {
        out.putNextEntry(new JarEntry("stranger/" + one.getFileName()));
        Files.copy(one, out);
      }
    }
    return jar;
  }
}
