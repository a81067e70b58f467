package dev.parley.protocol.dtls;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;

/// What a connection has found out about its peer. Written by the handshake's thread until that has
/// run, by the owner's from then on; only what is expected may come from the owner meanwhile.
final class PeerFacts {
  /// How the peer's certificate stands to what is expected.
  enum Verdict {
    UNKNOWN,
    GOOD,
    BAD
  }

  /// RFC 5764, section 4.2.
  private static final String EXPORTER = "EXTRACTOR-dtls_srtp";

  /// More than any profile takes: two keys of 32 octets and two salts of 14 take 92.
  static final int KEYS_MOST = 128;

  private final boolean anybody;
  private volatile List<Fingerprint> expected;
  private byte[] certificate;
  private int srtpProfile = -1;
  private byte[] keys;
  private volatile DtlsEnd end;

  private PeerFacts(boolean anybody, List<Fingerprint> expected) {
    this.anybody = anybody;
    this.expected = expected;
  }

  /// Of a peer that need not say who it is.
  static PeerFacts ofAnybody() {
    return new PeerFacts(true, List.of());
  }

  /// @param expected empty where that is not known yet
  static PeerFacts of(List<Fingerprint> expected) {
    return new PeerFacts(false, expected);
  }

  void expect(List<Fingerprint> fingerprints) {
    expected = List.copyOf(fingerprints);
  }

  /// The peer shows its certificate; that it has the key is proven later in the handshake.
  void present(Certificate chain) throws IOException {
    if (chain.isEmpty()) {
      end(DtlsEnd.FINGERPRINT);
      throw new TlsFatalAlert(AlertDescription.bad_certificate);
    }
    certificate = chain.getCertificateAt(0).getEncoded();
    if (verdict() == Verdict.BAD) {
      end(DtlsEnd.FINGERPRINT);
      throw new TlsFatalAlert(AlertDescription.bad_certificate);
    }
  }

  Verdict verdict() {
    List<Fingerprint> vouched = expected;
    if (anybody) {
      return Verdict.GOOD;
    }
    if (vouched.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    return certificate != null && Fingerprint.match(vouched, certificate)
        ? Verdict.GOOD
        : Verdict.BAD;
  }

  void srtpProfile(int code) {
    srtpProfile = code;
  }

  int srtpProfile() {
    return srtpProfile;
  }

  /// The handshake is complete: its secrets are still there, and will be cleared.
  ///
  /// The PRF of TLS 1.2 does not depend on how much is asked of it (RFC 5246, section 5), so what
  /// any profile needs is the beginning of this.
  void export(TlsContext context) {
    if (srtpProfile >= 0) {
      keys = context.exportKeyingMaterial(EXPORTER, null, KEYS_MOST);
    }
  }

  byte[] keys(int length) {
    if (keys == null || length > KEYS_MOST) {
      throw new IllegalStateException("no keys of " + length + " octets");
    }
    return Arrays.copyOf(keys, length);
  }

  void alert(short level, short description) {
    if (level == AlertLevel.fatal) {
      end(DtlsEnd.PEER_ALERT);
    } else if (description == AlertDescription.close_notify) {
      end(DtlsEnd.CLOSED_BY_PEER);
    }
  }

  /// The first word counts: what follows from it says less.
  void end(DtlsEnd why) {
    if (end == null) {
      end = why;
    }
  }

  /// Null while nothing has ended it.
  DtlsEnd end() {
    return end;
  }

  void forget() {
    if (keys != null) {
      Arrays.fill(keys, (byte) 0);
      keys = null;
    }
  }
}
