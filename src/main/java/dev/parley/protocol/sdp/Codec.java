package dev.parley.protocol.sdp;

import java.util.List;

/// A payload type and what it means in one section (RFC 8866, sections 6.6 and 6.15).
///
/// @param payloadType 0 to 127
/// @param name as the writer spells it; compare without regard to case
/// @param clock ticks of the RTP timestamp a second
/// @param channels 1 where nothing was said
/// @param parameters the value of `a=fmtp` without the payload type, empty for none
/// @param feedback the values of `a=rtcp-fb` without the payload type, in order
public record Codec(
    int payloadType,
    String name,
    int clock,
    int channels,
    String parameters,
    List<String> feedback) {
  public Codec {
    feedback = List.copyOf(feedback);
  }

  public boolean named(String other) {
    return name.equalsIgnoreCase(other);
  }

  /// Whether it carries the packets of another payload type again (RFC 4588).
  public boolean retransmission() {
    return named("rtx");
  }

  /// Whether it carries several packets of another payload type (RFC 2198).
  public boolean redundancy() {
    return named("red");
  }

  /// The value of a parameter, or null; names are compared without regard to case.
  public String parameter(String wanted) {
    for (String parameter : parameters.split(";")) {
      int equals = parameter.indexOf('=');
      if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase(wanted)) {
        return parameter.substring(equals + 1).strip();
      }
    }
    return null;
  }

  /// The payload type whose packets this one retransmits, or -1 (RFC 4588, section 8.1).
  public int associated() {
    try {
      String apt = parameter("apt");
      return apt == null ? -1 : Text.payloadType(apt);
    } catch (Text.BadValue _) {
      return -1;
    }
  }

  Codec withPayloadType(int other) {
    return new Codec(other, name, clock, channels, parameters, feedback);
  }

  Codec withParameters(String other) {
    return new Codec(payloadType, name, clock, channels, other, feedback);
  }

  Codec withFeedback(List<String> other) {
    return new Codec(payloadType, name, clock, channels, parameters, other);
  }
}
