package org.peftbench.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.peftbench.WrongInputException;

/**
 * A certificate with its chain, and the private key that shows whose it is.
 *
 * @param chain its own certificate first
 * @param key of that certificate
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {

  private static final byte[] SAMPLE = {1, 2, 3};

  /**
   * Reads both files.
   *
   * @throws WrongInputException if one cannot be read, is no such thing, or they are not of each
   *     other
   */
  static Identity read(Path certificate, Path key) {
    List<X509Certificate> chain = Certificates.read(certificate);
    Certificates.requireValid(certificate, chain.get(0));
    PublicKey publicKey = chain.get(0).getPublicKey();
    PrivateKey privateKey = readKey(key, publicKey.getAlgorithm());
    if (!fit(privateKey, publicKey)) {
      throw new WrongInputException(key + ": is not the key of the certificate " + certificate);
    }
    return new Identity(chain, privateKey);
  }

  private static PrivateKey readKey(Path path, String algorithm) {
    PemFile file = PemFile.read(path);
    List<PemFile.Block> keys =
        file.blocks().stream().filter(block -> block.label().endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      String found = keys.isEmpty() ? file.found() : keys.size() + " private keys";
      throw new WrongInputException(path + ": has " + found + ", expected one PRIVATE KEY");
    }
    PemFile.Block block = keys.get(0);
    trouble(block)
        .ifPresent(
            what -> {
              throw new WrongInputException(
                  "%s: its key is %s, expected PKCS#8 without a password; make that with: openssl pkcs8 -topk8 -nocrypt -in %s -out pkcs8-key.pem"
                      .formatted(path, what, path));
            });
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(file.bytes(block)));
    } catch (GeneralSecurityException e) {
      throw new WrongInputException(
          path + ": is no " + algorithm + " key in PKCS#8, as its certificate needs", e);
    }
  }

  private static Optional<String> trouble(PemFile.Block block) {
    if (block.encrypted() || block.label().equals("ENCRYPTED PRIVATE KEY")) {
      return Optional.of("encrypted");
    }
    return switch (block.label()) {
      case "PRIVATE KEY" -> Optional.empty();
      case "RSA PRIVATE KEY" -> Optional.of("in PKCS#1");
      case "EC PRIVATE KEY" -> Optional.of("in SEC1");
      default -> Optional.of("a " + block.label());
    };
  }

  private static boolean fit(PrivateKey key, PublicKey publicKey) {
    String algorithm = key.getAlgorithm();
    try {
      Signature signature =
          Signature.getInstance(
              switch (algorithm) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> algorithm;
              });
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
