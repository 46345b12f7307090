package org.peftbench.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.file.Sha256;
import org.peftbench.spi.PeftMethod;

class PluginJarTest {

  private static final String SERVICES = "META-INF/services/" + PeftMethod.class.getName();

  @TempDir private Path folder;
  private final Manifest manifest = new Manifest();

  @Test
  void aJarOfMethodsIsKnownByItsBytes() throws Exception {
    Path jar = write(List.of(SERVICES));
    assertEquals(new PluginJar(jar.toString(), Sha256.of(jar)), PluginJar.read(jar));
  }

  @Test
  void aJarWhoseHashWouldNotCoverItsCodeIsRefused() throws Exception {
    assertRefused(
        write(List.of(SERVICES, "META-INF/INDEX.LIST")),
        " names other jars in its META-INF/INDEX.LIST; put their classes into it instead");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "other.jar");
    assertRefused(
        write(List.of(SERVICES)),
        " names other jars in its manifest's Class-Path; put their classes into it instead");
  }

  @Test
  void aJarWithoutMethodsIsRefused() throws Exception {
    assertRefused(write(List.of("other")), " has no " + SERVICES + ": it provides no method");
  }

  @Test
  void whatIsNoRegularFileIsRefusedUnread() throws Exception {
    Path pipe = folder.resolve("pipe.jar");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no named pipes");
    assertRefused(pipe, " cannot be read as a jar: it is no regular file");
    assertRefused(folder, " cannot be read as a jar: it is no regular file");
  }

  private static void assertRefused(Path jar, String why) {
    UnusableJarException refusal =
        assertThrows(UnusableJarException.class, () -> PluginJar.read(jar));
    assertEquals(jar + why, refusal.getMessage());
  }

  private Path write(List<String> entries) throws IOException {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    Path jar = folder.resolve("their.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (String entry : entries) {
        out.putNextEntry(new JarEntry(entry));
      }
    }
    return jar;
  }
}
