package dev.parley.protocol.sctp;

/// What a data channel is, told by the end that opens it (RFC 8832, section 5.1).
///
/// @param retransmits how often a message is sent again at most; -1 where that is not bounded
/// @param lifetime milliseconds after which a message is given up; -1 where that is not bounded; of
///   this and `retransmits` at most one is
/// @param priority 0 to 65535, 256 is normal; told, otherwise ignored
public record ChannelParameters(
    String label, String protocol, boolean ordered, int retransmits, int lifetime, int priority) {
  public static final int UNBOUNDED = -1;
  public static final int NORMAL = 256;

  public ChannelParameters {
    if (retransmits < UNBOUNDED || lifetime < UNBOUNDED || retransmits >= 0 && lifetime >= 0) {
      throw new IllegalArgumentException("retransmits " + retransmits + ", lifetime " + lifetime);
    }
    if (priority < 0 || priority > 65_535) {
      throw new IllegalArgumentException("priority " + priority);
    }
  }

  /// Ordered and reliable, as channels are unless something else is said.
  public static ChannelParameters reliable(String label) {
    return new ChannelParameters(label, "", true, UNBOUNDED, UNBOUNDED, NORMAL);
  }

  /// Unordered, each message given up after so many retransmissions: `lossy` of most clients is 0.
  public static ChannelParameters lossy(String label, int retransmits) {
    return new ChannelParameters(label, "", false, retransmits, UNBOUNDED, NORMAL);
  }

  /// Whether every message arrives or the association ends.
  public boolean reliable() {
    return retransmits < 0 && lifetime < 0;
  }
}
