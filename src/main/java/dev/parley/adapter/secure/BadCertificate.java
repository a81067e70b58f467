package dev.parley.adapter.secure;

import java.io.IOException;
import java.nio.file.Path;

/// A certificate file that cannot be served, and why.
public final class BadCertificate extends IOException {
  private static final long serialVersionUID = 1L;

  /// What is wrong.
  public enum Reason {
    UNREADABLE("cannot be read"),
    MALFORMED("is not well-formed PEM"),
    NO_CERTIFICATE("holds no certificate"),
    NO_KEY("holds no private key"),
    ENCRYPTED_KEY("holds an encrypted private key; Parley takes it unencrypted only"),
    UNSUPPORTED_KEY("holds a private key that is neither RSA nor EC"),
    OTHER_KEY("holds a private key that is not the certificate's");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  private final Reason reason;

  BadCertificate(Path file, Reason reason, Throwable cause) {
    super(file + " " + reason.words, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
