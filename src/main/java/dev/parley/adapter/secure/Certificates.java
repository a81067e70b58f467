package dev.parley.adapter.secure;

import dev.parley.protocol.dtls.DtlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// The certificates this server shows, read from PEM files and read anew when these change; for any
/// thread.
///
/// Sessions keep what they began with. Files that turn bad change nothing but the log.
public final class Certificates {
  private static final System.Logger LOG = System.getLogger(Certificates.class.getName());

  /// Authenticated encryption with forward secrecy only; the cheap one first.
  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  };

  /// RFC 7443: what a STUN or TURN client may ask for by ALPN.
  private static final List<String> PROTOCOLS = List.of("stun.turn", "stun.nat-discovery");

  private final List<PemPair> files;
  private volatile Served served;

  private Certificates(List<PemPair> files) throws BadCertificate {
    this.files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
    }
    this.served = read();
  }

  /// Reads the files; the first pair is for clients that name no host that is known.
  ///
  /// @throws BadCertificate says which file and what is wrong with it
  public static Certificates of(List<PemPair> files) throws BadCertificate {
    return new Certificates(files);
  }

  /// What TLS is spoken with now.
  public SSLContext tls() {
    return served.context();
  }

  /// What DTLS is spoken with now, in the order of the files.
  public List<DtlsIdentity> dtls() {
    return served.identities();
  }

  /// The server's end of one TLS connection.
  SSLEngine engine() {
    SSLEngine engine = served.context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setCipherSuites(SUITES);
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    engine.setHandshakeApplicationProtocolSelector((of, offered) -> protocol(offered));
    return engine;
  }

  // A client that offers others only is served all the same, as if it had offered none: the
  // frames tell soon enough whether it speaks STUN.
  private static String protocol(List<String> offered) {
    return offered.stream().filter(PROTOCOLS::contains).findFirst().orElse("");
  }

  /// Reads the files again where they have changed since; whether something new is served.
  public boolean reload() {
    Served before = served;
    Stamps now = Stamps.of(files);
    if (now.equals(before.stamps())) {
      return false;
    }
    try {
      served = read();
      LOG.log(System.Logger.Level.INFO, "certificates read anew");
      return true;
    } catch (BadCertificate e) {
      // Said once: the next look finds the files unchanged.
      served = new Served(before.context(), before.identities(), now);
      LOG.log(
          System.Logger.Level.WARNING,
          "the certificate read before stays in use: {0}",
          e.getMessage());
      return false;
    }
  }

  /// Looks for changes at intervals, on a virtual thread, until closed.
  public AutoCloseable watch(Duration every) {
    Thread watcher =
        Thread.ofVirtual()
            .name("parley-certificates")
            .start(
                () -> {
                  try {
                    while (true) {
                      Thread.sleep(every);
                      reload();
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    return watcher::interrupt;
  }

  private Served read() throws BadCertificate {
    // Stamped before they are read: what is written meanwhile is found at the next look.
    Stamps stamps = Stamps.of(files);
    List<DtlsIdentity> identities = new ArrayList<>();
    for (PemPair pair : files) {
      identities.add(PemFiles.read(pair));
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new SniKeys(identities)}, null, null);
      return new Served(context, List.copyOf(identities), stamps);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  private record Served(SSLContext context, List<DtlsIdentity> identities, Stamps stamps) {}

  /// What tells that a file has changed.
  private record Stamps(List<Object> values) {
    static Stamps of(List<PemPair> pairs) {
      List<Object> values = new ArrayList<>();
      for (PemPair pair : pairs) {
        values.add(stamp(pair.chain()));
        values.add(stamp(pair.key()));
      }
      return new Stamps(values);
    }

    private static Object stamp(Path file) {
      try {
        return List.of(Files.getLastModifiedTime(file), Files.size(file), file.toRealPath());
      } catch (IOException e) {
        return "absent";
      }
    }
  }
}
