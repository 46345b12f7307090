package org.peftbench.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.peftbench.WrongInputException;

/** Certificates in PEM files. */
final class Certificates {

  private Certificates() {}

  /**
   * Reads all certificates of a file, in order.
   *
   * @throws WrongInputException if there is none, or one cannot be read
   */
  static List<X509Certificate> read(Path path) {
    PemFile file = PemFile.read(path);
    List<X509Certificate> read = new ArrayList<>();
    for (PemFile.Block block : file.blocks()) {
      if (block.label().equals("CERTIFICATE")) {
        read.add(certificate(file, block));
      }
    }
    if (read.isEmpty()) {
      throw new WrongInputException(path + ": has " + file.found() + ", expected a CERTIFICATE");
    }
    return read;
  }

  private static X509Certificate certificate(PemFile file, PemFile.Block block) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(file.bytes(block)));
    } catch (GeneralSecurityException e) {
      throw new WrongInputException(file.path() + ": one of its certificates is damaged", e);
    }
  }

  /**
   * Checks that a certificate counts today.
   *
   * @throws WrongInputException if not
   */
  static void requireValid(Path path, X509Certificate certificate) {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new WrongInputException(
          path + ": the certificate ended at " + certificate.getNotAfter().toInstant(), e);
    } catch (CertificateException e) {
      throw new WrongInputException(
          path + ": the certificate begins at " + certificate.getNotBefore().toInstant(), e);
    }
  }
}
