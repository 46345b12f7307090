package org.peftbench.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.peftbench.tls.PemFolder;
import org.peftbench.tls.Tls;
import org.peftbench.tls.Tokens;
import org.peftbench.tls.Vouching;

/** Certificates, keys and tokens. */
final class TlsReaders {

  private TlsReaders() {}

  static List<Reader> in(Path parent) throws Exception {
    Path folder = Files.createDirectory(parent.resolve("tls"));
    PemFolder pem = new PemFolder(folder).authority("ca").issued("server", "ca");
    byte[] chain = Files.readAllBytes(pem.certificate("server"));
    byte[] key = Files.readAllBytes(pem.key("server"));
    Path file = Files.createFile(folder.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    byte[] tokens =
        "# those who may\nedge-1 0123456789abcdef0123456789abcdef\nedge-2 abcdef0123456789abcdef0123456789\n"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return List.of(
        Reader.of(
            "authority",
            List.of(chain),
            bytes -> {
              Path ca = Files.write(file, bytes);
              var unused = Tls.client(Optional.of(ca), Optional.empty());
              var unusedToo = Vouching.of(ca);
            }),
        Reader.of(
            "certificate",
            List.of(chain),
            bytes -> {
              Path shown = Files.write(file, bytes);
              var unused = Tls.server(new Tls.Shown(shown, pem.key("server")));
            }),
        Reader.of(
            "key",
            List.of(key),
            bytes -> {
              Path shown = Files.write(file, bytes);
              var unused = Tls.server(new Tls.Shown(pem.certificate("server"), shown));
            }),
        Reader.of(
            "tokens",
            List.of(tokens),
            bytes -> {
              Tokens read = Tokens.read(Files.write(file, bytes));
              var unused = read.saidBy("Bearer x");
            }));
  }
}
