package dev.parley.protocol.sctp;

/// The payload protocol identifiers of WebRTC (RFC 8831, section 8, and the IANA registry "Payload
/// Protocol Identifiers"). An empty message is one octet that means nothing, since SCTP sends none.
enum PayloadProtocol {
  WEBRTC_DCEP(50),
  WEBRTC_STRING(51),
  WEBRTC_BINARY(53),
  WEBRTC_STRING_EMPTY(56),
  WEBRTC_BINARY_EMPTY(57);

  private final int code;

  PayloadProtocol(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /// The protocol with a code, or null: those of messages in parts (52 and 54) are deprecated.
  static PayloadProtocol of(int code) {
    return switch (code) {
      case 50 -> WEBRTC_DCEP;
      case 51 -> WEBRTC_STRING;
      case 53 -> WEBRTC_BINARY;
      case 56 -> WEBRTC_STRING_EMPTY;
      case 57 -> WEBRTC_BINARY_EMPTY;
      default -> null;
    };
  }

  static PayloadProtocol of(boolean binary, boolean empty) {
    if (empty) {
      return binary ? WEBRTC_BINARY_EMPTY : WEBRTC_STRING_EMPTY;
    }
    return binary ? WEBRTC_BINARY : WEBRTC_STRING;
  }

  boolean binary() {
    return this == WEBRTC_BINARY || this == WEBRTC_BINARY_EMPTY;
  }

  boolean empty() {
    return this == WEBRTC_STRING_EMPTY || this == WEBRTC_BINARY_EMPTY;
  }
}
