package dev.parley.protocol.sctp;

/// The one message of which the chunks in order have come in part: without interleaving there is
/// one at most (RFC 9260, section 6.9).
final class Assembly {
  private static final byte[] NONE = new byte[0];
  private static final int FIRST = 4096;
  private static final int LARGEST_KEPT = 32_768;

  private final SctpKit kit;
  private final int most;
  private byte[] octets = NONE;
  private int length;
  private boolean active;
  private boolean tooLarge;
  private int stream;
  private int ssn;

  /// @param most octets of a message
  Assembly(SctpKit kit, int most) {
    this.kit = kit;
    this.most = most;
  }

  void begin(int ofStream, int ofSsn) {
    active = true;
    tooLarge = false;
    length = 0;
    stream = ofStream;
    ssn = ofSsn;
  }

  /// Whether a chunk that begins no message can be the next of this one.
  boolean continues(int ofStream, int ofSsn, boolean unordered) {
    return active && stream == ofStream && (unordered || ssn == ofSsn);
  }

  void append(byte[] from, int at, int count) {
    if (tooLarge || length + count > most) {
      tooLarge = true;
      length = 0;
      return;
    }
    if (length + count > octets.length) {
      int wanted = Math.max(length + count, Math.max(2 * octets.length, FIRST));
      byte[] larger = kit.borrow(Math.min(wanted, most));
      System.arraycopy(octets, 0, larger, 0, length);
      octets = larger;
    }
    System.arraycopy(from, at, octets, length, count);
    length += count;
  }

  boolean tooLarge() {
    return tooLarge;
  }

  byte[] octets() {
    return octets;
  }

  int length() {
    return length;
  }

  /// Its message is told, or will never be whole.
  void drop() {
    active = false;
    length = 0;
    if (octets.length > LARGEST_KEPT) {
      kit.giveBack(octets);
      octets = NONE;
    }
  }
}
