package dev.parley.protocol.dtls;

import dev.parley.wire.Octets;
import java.util.Arrays;
import java.util.BitSet;

/// Puts the fragments of one ClientHello together (RFC 6347, section 4.2.3), once its first
/// fragment has brought a good cookie. Confined to one thread.
public final class HelloAssembly {
  private final byte[] record;
  private final byte[] cookie;
  private final BitSet have = new BitSet();

  /// @param first holds the cookie, which was verified
  public HelloAssembly(byte[] octets, ClientHelloPart first) {
    this.record =
        new byte
            [ClientHelloPart.RECORD_HEADER
                + ClientHelloPart.MESSAGE_HEADER
                + first.messageLength()];
    this.cookie = Arrays.copyOfRange(octets, first.cookieAt(), first.cookieAt() + first.cookie());
    add(octets, first);
  }

  /// Whether a first fragment is of the same hello, perhaps sent again.
  public boolean sameHello(byte[] octets, ClientHelloPart first) {
    return Arrays.equals(
        cookie, 0, cookie.length, octets, first.cookieAt(), first.cookieAt() + first.cookie());
  }

  /// Adds a fragment; what does not fit is ignored.
  public void add(byte[] octets, ClientHelloPart part) {
    if (part.messageLength() != messageLength()) {
      return;
    }
    int header = ClientHelloPart.RECORD_HEADER + ClientHelloPart.MESSAGE_HEADER;
    // The headers of the latest fragment: its sequence number is where the record layer goes on.
    System.arraycopy(octets, part.at(), record, 0, header);
    System.arraycopy(octets, part.at() + header, record, header + part.offset(), part.length());
    have.set(part.offset(), part.offset() + part.length());
  }

  private int messageLength() {
    return record.length - ClientHelloPart.RECORD_HEADER - ClientHelloPart.MESSAGE_HEADER;
  }

  public boolean complete() {
    return have.nextClearBit(0) == messageLength();
  }

  byte[] cookie() {
    return cookie;
  }

  /// The hello as one record, as if it had not been fragmented.
  byte[] record() {
    int message = ClientHelloPart.RECORD_HEADER;
    Octets.put16(record, 11, record.length - message);
    ClientHelloPart.put24(record, message + 6, 0);
    ClientHelloPart.put24(record, message + 9, messageLength());
    return record;
  }
}
