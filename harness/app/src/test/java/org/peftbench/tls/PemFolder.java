package org.peftbench.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Makes certificates and keys with the JDK's keytool, into PEM files of a folder. */
public final class PemFolder {

  private static final String PASSWORD = "password";

  private final Path folder;
  private final Path store;

  public PemFolder(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("keys.p12");
  }

  /** One who vouches for others: {@code NAME.crt}, {@code NAME.key}. */
  public PemFolder authority(String name) {
    keytool(name, List.of("-ext", "bc:critical=ca:true", "-validity", "30"));
    return this;
  }

  /** A certificate for this machine that an authority vouches for. */
  public PemFolder issued(String name, String authority) {
    return issued(name, authority, List.of("-validity", "30"));
  }

  /** One that counts no more. */
  public PemFolder expired(String name, String authority) {
    return issued(name, authority, List.of("-startdate", "-9d", "-validity", "1"));
  }

  private PemFolder issued(String name, String authority, List<String> when) {
    List<String> options = new ArrayList<>(when);
    options.addAll(List.of("-signer", authority, "-ext", "san=ip:127.0.0.1,dns:localhost"));
    keytool(name, options);
    return this;
  }

  public Path certificate(String name) {
    return folder.resolve(name + ".crt");
  }

  public Path key(String name) {
    return folder.resolve(name + ".key");
  }

  public Tls.Shown shown(String name) {
    return new Tls.Shown(certificate(name), key(name));
  }

  private void keytool(String name, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name));
    command.addAll(List.of("-keyalg", name.contains("rsa") ? "RSA" : "EC"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(List.of("-storetype", "PKCS12"));
    command.addAll(options);
    try {
      Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (made.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
      KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
      StringBuilder chain = new StringBuilder();
      for (Certificate certificate : keys.getCertificateChain(name)) {
        chain.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
      Files.writeString(certificate(name), chain);
      byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
      Files.writeString(key(name), pem("PRIVATE KEY", key));
    } catch (IOException | InterruptedException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String pem(String label, byte[] bytes) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(
            label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), label);
  }
}
