package dev.parley.protocol.srtp;

/// Why a packet was not protected or unprotected (RFC 3711, section 3.3): the negative answers of
/// [SrtpSender] and [SrtpReceiver].
public enum SrtpRefusal {
  /// No room for the header and what the profile appends to it.
  TOO_SHORT,
  /// Seen before.
  REPLAYED,
  /// Older than the replay window remembers, or than the first packet of its stream.
  TOO_OLD,
  /// Forged, damaged, of another key, or of a rollover counter that was not followed.
  BAD_TAG,
  /// Of a stream that is not known yet, while as many are known as may be.
  TOO_MANY_STREAMS,
  /// The key has protected as many packets as it may (RFC 3711, section 9.2).
  KEY_EXHAUSTED;

  private static final SrtpRefusal[] ALL = values();

  private final int code = -1 - ordinal();

  /// The refusal of a negative answer.
  public static SrtpRefusal of(int code) {
    return ALL[-1 - code];
  }

  /// The negative answer that stands for it.
  public int code() {
    return code;
  }
}
