package dev.parley.media;

/// What a data channel is (RFC 8831, section 6.1; RFC 8832, section 5.1).
///
/// @param label names it; the first open one of a peer with a label is the one that is sent on
/// @param protocol within it, or empty
/// @param retransmits after which a message is given up, -1 for none: reliable, or limited by time
/// @param lifetime milliseconds after which a message is given up, -1 for none
public record ChannelForm(
    String label, String protocol, boolean ordered, int retransmits, int lifetime) {
  /// The longest label or protocol, in UTF-8.
  public static final int LONGEST_NAME = 256;

  public ChannelForm {
    if (retransmits >= 0 && lifetime >= 0) {
      throw new IllegalArgumentException("a channel that is limited by number and by time");
    }
  }

  /// Everything arrives, in order.
  public static ChannelForm reliable(String label) {
    return new ChannelForm(label, "", true, -1, -1);
  }

  /// What is lost stays lost, and nothing waits for it.
  public static ChannelForm lossy(String label) {
    return new ChannelForm(label, "", false, 0, -1);
  }

  /// Whether everything arrives.
  public boolean reliable() {
    return retransmits < 0 && lifetime < 0;
  }
}
