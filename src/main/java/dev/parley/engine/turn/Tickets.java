package dev.parley.engine.turn;

import dev.parley.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Mobility tickets (RFC 8016, section 4.1.1): which allocation, of whom, and for how many moves.
/// Confined to one loop.
///
/// Twenty-four octets in base64url, text because known clients treat it as text:
///
/// ```
/// loop (1)  allocation (6)  number (2)  HMAC-SHA256 of these and the owner, truncated (15)
/// ```
///
/// A ticket is good for one move: the allocation then has the next number.
final class Tickets {
  /// Octets of a ticket as clients see it.
  static final int LENGTH = 32;

  private static final int FIELDS = 9;
  private static final int OCTETS = 24;
  private static final String MAC = "HmacSHA256";
  private static final byte[] PURPOSE =
      "parley mobility ticket".getBytes(StandardCharsets.US_ASCII);

  private final int loop;
  private final Mac mac;

  /// What a ticket says; not yet that it is genuine.
  record Ticket(int loop, long allocation, int number, byte[] octets) {}

  Tickets(byte[] secret, int loop) {
    this.loop = loop;
    try {
      mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret, MAC));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + MAC, e);
    }
  }

  /// The ticket an allocation is at.
  byte[] issue(Allocation allocation) {
    byte[] octets = new byte[OCTETS];
    Octets.put64(octets, 0, (long) loop << 56 | allocation.id() << 8);
    Octets.put16(octets, 7, allocation.ticket());
    System.arraycopy(authenticator(octets, allocation), 0, octets, FIELDS, OCTETS - FIELDS);
    return Base64.getUrlEncoder().encode(octets);
  }

  /// Reads what may be a ticket, or null.
  static Ticket read(byte[] text, int at, int length) {
    if (length != LENGTH) {
      return null;
    }
    try {
      byte[] octets = Base64.getUrlDecoder().decode(Arrays.copyOfRange(text, at, at + length));
      if (octets.length != OCTETS) {
        return null;
      }
      long first = Octets.u64(octets, 0);
      return new Ticket((int) (first >>> 56), first << 8 >>> 16, Octets.u16(octets, 7), octets);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /// Whether this is the ticket the allocation is at.
  boolean genuine(Ticket ticket, Allocation allocation) {
    byte[] expected = authenticator(ticket.octets, allocation);
    return Octets.sameInConstantTime(expected, 0, ticket.octets, FIELDS, OCTETS - FIELDS)
        && ticket.number == allocation.ticket();
  }

  private byte[] authenticator(byte[] fields, Allocation allocation) {
    mac.update(PURPOSE);
    mac.update(fields, 0, FIELDS);
    mac.update(allocation.credential().realm().getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    mac.update(allocation.credential().user().getBytes(StandardCharsets.UTF_8));
    return mac.doFinal();
  }
}
