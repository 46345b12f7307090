package org.peftbench.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cloud.CloudSettings;
import org.peftbench.cloud.Listen;
import org.peftbench.tls.Tls;
import org.peftbench.tls.Tokens;
import org.peftbench.tls.Vouching;
import picocli.CommandLine.Option;

/** Where a cloud listens, and to whom. */
final class CloudAccessOptions {

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8443",
      description =
          "where to listen; port 0 is any that is free (default: ${DEFAULT-VALUE}). An address that"
              + " other machines reach needs --tls, and --token-file or --client-ca")
  String listen = "";

  @Option(
      names = "--tls",
      arity = "2",
      paramLabel = "FILE",
      hideParamSyntax = true,
      description =
          "--tls CERT KEY: the server's certificate with its chain, and its private key (PEM,"
              + " PKCS#8)")
  @Nullable List<Path> tls;

  @Option(
      names = "--client-ca",
      paramLabel = "FILE",
      description = "PEM: whose certificates let an edge in")
  @Nullable Path clientCa;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "tokens that let an edge in, one a line, NAME TOKEN or TOKEN; a file that everybody may"
              + " read is refused")
  @Nullable Path tokenFile;

  InetSocketAddress address() {
    return Listen.parse(listen);
  }

  /** Who may ask. */
  CloudSettings.Access access() {
    if (tls != null && tls.size() != 2) {
      throw new WrongInputException("--tls is given once, as --tls CERT KEY");
    }
    Optional<SSLContext> context =
        Optional.ofNullable(tls)
            .map(files -> Tls.server(new Tls.Shown(files.get(0), files.get(1))));
    return new CloudSettings.Access(
        context,
        Optional.ofNullable(clientCa).map(Vouching::of),
        Optional.ofNullable(tokenFile).map(Tokens::read));
  }

  boolean isSecure() {
    return tls != null;
  }

  /** What an edge types besides the address. */
  String edgeOptions() {
    return (tls == null ? "" : " --ca FILE")
        + (tokenFile == null ? "" : " --token-file FILE")
        + (clientCa == null ? "" : " --cert FILE --key FILE");
  }
}
