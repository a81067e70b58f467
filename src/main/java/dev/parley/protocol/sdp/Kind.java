package dev.parley.protocol.sdp;

/// What a section carries.
public enum Kind {
  AUDIO,
  VIDEO,
  /// Data channels over SCTP (RFC 8841).
  APPLICATION,
  /// Nothing the server has a use for.
  OTHER;

  static Kind of(String media) {
    return switch (media) {
      case "audio" -> AUDIO;
      case "video" -> VIDEO;
      case "application" -> APPLICATION;
      default -> OTHER;
    };
  }

  /// Whether it is carried in RTP.
  public boolean rtp() {
    return this == AUDIO || this == VIDEO;
  }
}
