package org.peftbench.edge;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Tells what certificates are to blame for from what a network is. */
final class TlsTrouble {

  private TlsTrouble() {}

  /** Why one side does not trust the other; empty if it may be the network alone. */
  static Optional<String> in(Throwable thrown) {
    Optional<String> found = Optional.empty();
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException
          || cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException
          || cause instanceof SSLPeerUnverifiedException
          || (cause instanceof SSLException && isJudgement(String.valueOf(cause.getMessage())))) {
        found = Optional.of(Words.of(cause)); // the innermost says most
      }
    }
    return found;
  }

  /** An end in the middle of a handshake may be anybody's; an alert is the other side's word. */
  private static boolean isJudgement(String message) {
    return message.contains("fatal alert") || message.contains("Unsupported or unrecognized SSL");
  }
}
