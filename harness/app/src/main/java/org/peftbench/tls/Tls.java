package org.peftbench.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.peftbench.WrongInputException;

/** What connections are protected with, from PEM files. */
public final class Tls {

  // The key is in memory only; Java wants a password for it all the same.
  private static final char[] NO_PASSWORD = {};

  private Tls() {}

  /**
   * The files of a certificate that one shows.
   *
   * @param certificate PEM: the certificate, then those that vouch for it
   * @param key PEM: its private key, PKCS#8 without a password
   */
  public record Shown(Path certificate, Path key) {}

  /**
   * For a server. It must ask {@link Vouching#trouble} about the certificate of each client.
   *
   * @param shown what it shows
   * @throws WrongInputException if a file cannot be read, or is not what it should be
   */
  public static SSLContext server(Shown shown) {
    return context(Optional.of(keys(shown)), Optional.of(new TrustManager[] {Vouching.later()}));
  }

  /**
   * For a client.
   *
   * @param ca PEM: who vouches for the server; empty for those whom Java trusts
   * @param shown what it shows if it is asked
   * @throws WrongInputException if a file cannot be read, or is not what it should be
   */
  public static SSLContext client(Optional<Path> ca, Optional<Shown> shown) {
    return context(shown.map(Tls::keys), ca.map(file -> new TrustManager[] {trust(file)}));
  }

  private static SSLContext context(Optional<KeyManager[]> keys, Optional<TrustManager[]> trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.orElse(null), trust.orElse(null), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  private static KeyManager[] keys(Shown shown) {
    Identity identity = Identity.read(shown.certificate(), shown.key());
    try {
      KeyStore store = store();
      store.setKeyEntry(
          "own", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new WrongInputException(
          shown.certificate() + ": cannot be used with its key: " + e.getMessage(), e);
    }
  }

  static X509ExtendedTrustManager trust(Path ca) {
    List<X509Certificate> vouching = Certificates.read(ca);
    try {
      KeyStore store = store();
      for (int i = 0; i < vouching.size(); i++) {
        store.setCertificateEntry("ca-" + i, vouching.get(i));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new WrongInputException(ca + ": cannot vouch for anybody: " + e.getMessage(), e);
    }
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, NO_PASSWORD);
    return store;
  }
}
