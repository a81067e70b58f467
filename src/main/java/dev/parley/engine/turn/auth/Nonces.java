package dev.parley.engine.turn.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunNonceCookie;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/// Nonces that need no memory (RFC 8489, section 9.2): each proves by itself when and for whom it
/// was made. Confined to one loop.
///
/// Behind the cookie, if it has one, a nonce is 15 characters of base64url for 11 octets:
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |        Seconds since 1970, modulo 2^24        | Port it was    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                 +
/// | made for      |  First 48 bits of HMAC-SHA256 ...             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// The HMAC is over the whole time, that port, the features, the client's address and the realm.
/// The port makes nonces of different sources differ (section 9.2.4); it need not be the one the
/// nonce comes back from, so a client may use it on its data connections (RFC 6062) and behind a
/// NAT that has changed its mind. 48 bits can be guessed only online, with an hour per nonce, and
/// who guesses one still has no password.
final class Nonces {
  /// Seconds a nonce is valid.
  static final int LIFETIME = 3600;

  /// Seconds it may be ahead, on a node whose clock was set back.
  private static final int AHEAD = 60;

  /// Characters without the cookie.
  static final int BODY = 15;

  /// No features, and no cookie to tell them: the nonce of RFC 5389.
  static final int PLAIN = -1;

  /// It is no valid nonce, of nobody or of an earlier time or for another client.
  static final int STALE = -2;

  private static final byte[] DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(US_ASCII);
  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < DIGITS.length; i++) {
      VALUES[DIGITS[i]] = (byte) i;
    }
  }

  private final Mac mac;
  private final long seed;
  private final byte[] scratch = new byte[30];
  private final byte[] digest = new byte[32];

  /// @param secret of the node
  Nonces(byte[] secret) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      // A key of its own: what else is made from the secret cannot be passed off as a nonce.
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      seed = Octets.u64(mac.doFinal("dev.parley TURN source".getBytes(US_ASCII)), 0);
      byte[] own = mac.doFinal("dev.parley TURN nonce".getBytes(US_ASCII));
      mac.init(new SecretKeySpec(own, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /// A number that is nobody else's to know.
  long seed() {
    return seed;
  }

  /// Writes a nonce and returns its length.
  ///
  /// @param features what the cookie tells, or [#PLAIN]
  int write(byte[] to, int at, int features, FiveTuple path, Realm realm, long seconds) {
    int body = at;
    if (features != PLAIN) {
      StunNonceCookie.write(to, at, features);
      body += StunNonceCookie.LENGTH;
    }
    seal(features, path, path.remote().port(), realm, seconds);
    // 90 bits, 60 and 30, the last two of them zeros.
    long tag = Octets.u64(digest, 0) >>> 16;
    long high = (seconds & 0xff_ffff) << 36 | (long) path.remote().port() << 20 | tag >>> 28;
    long low = (tag & 0xfff_ffff) << 2;
    for (int i = 0; i < 10; i++) {
      to[body + i] = DIGITS[(int) (high >>> 54 - 6 * i) & 63];
    }
    for (int i = 0; i < 5; i++) {
      to[body + 10 + i] = DIGITS[(int) (low >>> 24 - 6 * i) & 63];
    }
    return body + BODY - at;
  }

  /// The features told by a nonce that is valid here and now, [#PLAIN], or [#STALE].
  int judge(StunMessage request, int nonce, FiveTuple path, Realm realm, long seconds) {
    byte[] octets = request.octets();
    int length = request.length(nonce);
    int features = PLAIN;
    int body = nonce;
    if (length == StunNonceCookie.LENGTH + BODY) {
      features = StunNonceCookie.features(octets, nonce, length);
      body += StunNonceCookie.LENGTH;
      if (features == StunNonceCookie.NONE) {
        return STALE;
      }
    } else if (length != BODY) {
      return STALE;
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < BODY; i++) {
      int c = octets[body + i];
      int value = c < 0 ? -1 : VALUES[c];
      if (value < 0) {
        return STALE;
      }
      high = high << 6 | low >>> 24;
      low = (low << 6 | value) & 0x3fff_ffffL;
    }
    // 90 bits, 60 and 30, the last two of them zeros.
    if ((low & 3) != 0) {
      return STALE;
    }
    int time = (int) (high >>> 36);
    int port = (int) (high >>> 20) & 0xffff;
    long tag = (high & 0xf_ffff) << 28 | low >>> 2;
    int age = (int) (seconds - time & 0xff_ffff);
    boolean ahead = age >= 0x100_0000 - AHEAD;
    if (age > LIFETIME && !ahead) {
      return STALE;
    }
    seal(features, path, port, realm, ahead ? seconds + 0x100_0000 - age : seconds - age);
    return tag == Octets.u64(digest, 0) >>> 16 ? features : STALE;
  }

  private void seal(int features, FiveTuple path, int port, Realm realm, long seconds) {
    Octets.put64(scratch, 0, seconds);
    Octets.put16(scratch, 8, port);
    Octets.put32(scratch, 10, features);
    Octets.put64(scratch, 14, path.remote().high());
    Octets.put64(scratch, 22, path.remote().low());
    mac.update(scratch, 0, scratch.length);
    mac.update(realm.octets(), 0, realm.octets().length);
    try {
      mac.doFinal(digest, 0);
    } catch (ShortBufferException e) {
      throw new IndexOutOfBoundsException(e.getMessage());
    }
  }
}
