package dev.parley.protocol.dtls;

import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The cookies that make a client show that it receives at its address before anything is kept of
/// it (RFC 6347, section 4.2.1). Confined to one thread.
///
/// A cookie is a MAC over the 5-tuple and the client's random value, both of which stand in the
/// first fragment of a hello: a hello that is fragmented costs no state either.
public final class DtlsCookies {
  static final int LENGTH = 32;

  private static final int HELLO_VERIFY_REQUEST = 3;
  private static final int ADDRESSES = 2 * 18;

  private final Mac mac;
  private final byte[] input = new byte[ADDRESSES + ClientHelloPart.RANDOM];
  private final byte[] answer =
      new byte[ClientHelloPart.RECORD_HEADER + ClientHelloPart.MESSAGE_HEADER + 3 + LENGTH];
  private SecretKeySpec current;
  private SecretKeySpec former;

  /// @param secret 32 octets that nobody else knows
  public DtlsCookies(byte[] secret) {
    this.current = key(secret);
    this.former = current;
    try {
      this.mac = Mac.getInstance("HmacSHA256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256", e);
    }
  }

  private static SecretKeySpec key(byte[] secret) {
    return new SecretKeySpec(secret, "HmacSHA256");
  }

  /// Makes cookies with another secret from now on; those of the one before stay good.
  public void renew(byte[] secret) {
    former = current;
    current = key(secret);
  }

  /// Whether the first fragment of a hello brings a cookie that was given to this client.
  public boolean verified(byte[] octets, ClientHelloPart first, FiveTuple path) {
    if (first.cookie() != LENGTH) {
      return false;
    }
    return same(octets, first, make(current, octets, first, path))
        || former != current && same(octets, first, make(former, octets, first, path));
  }

  private static boolean same(byte[] octets, ClientHelloPart first, byte[] cookie) {
    return Octets.sameInConstantTime(octets, first.cookieAt(), cookie, 0, LENGTH);
  }

  /// The HelloVerifyRequest that answers the first fragment of a hello; valid until the next call.
  ///
  /// It is not larger than the smallest hello.
  public byte[] helloVerifyRequest(byte[] octets, ClientHelloPart first, FiveTuple path) {
    int message = ClientHelloPart.RECORD_HEADER;
    int body = message + ClientHelloPart.MESSAGE_HEADER;
    Arrays.fill(answer, (byte) 0);
    // Version 1.0 and the sequence number of the hello, whatever the client offers (section 4.2.1).
    Octets.put8(answer, 0, 22);
    Octets.put16(answer, 1, 0xfeff);
    System.arraycopy(octets, first.at() + 5, answer, 5, 6);
    Octets.put16(answer, 11, ClientHelloPart.MESSAGE_HEADER + 3 + LENGTH);
    Octets.put8(answer, message, HELLO_VERIFY_REQUEST);
    ClientHelloPart.put24(answer, message + 1, 3 + LENGTH);
    ClientHelloPart.put24(answer, message + 9, 3 + LENGTH);
    Octets.put16(answer, body, 0xfeff);
    Octets.put8(answer, body + 2, LENGTH);
    System.arraycopy(make(current, octets, first, path), 0, answer, body + 3, LENGTH);
    return answer;
  }

  private byte[] make(SecretKeySpec key, byte[] octets, ClientHelloPart first, FiveTuple path) {
    Octets.put64(input, 0, path.local().high());
    Octets.put64(input, 8, path.local().low());
    Octets.put16(input, 16, path.local().port());
    Octets.put64(input, 18, path.remote().high());
    Octets.put64(input, 26, path.remote().low());
    Octets.put16(input, 34, path.remote().port());
    int random =
        first.at()
            + ClientHelloPart.RECORD_HEADER
            + ClientHelloPart.MESSAGE_HEADER
            + ClientHelloPart.RANDOM_AT;
    System.arraycopy(octets, random, input, ADDRESSES, ClientHelloPart.RANDOM);
    try {
      mac.init(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return mac.doFinal(input);
  }
}
