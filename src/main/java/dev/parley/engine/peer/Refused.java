package dev.parley.engine.peer;

import dev.parley.media.SfuRefusal;
import dev.parley.protocol.sdp.NegotiationRefused;
import dev.parley.protocol.sdp.SdpRefused;

/// A description or ICE restart that changes nothing, with what its writer is told.
///
/// Stackless.
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final SfuRefusal reason;

  Refused(SfuRefusal reason, String sentence) {
    super(sentence, null, false, false);
    this.reason = reason;
  }

  SfuRefusal reason() {
    return reason;
  }

  static Refused of(SdpRefused refused) {
    String sentence =
        switch (refused.reason()) {
          case TOO_LONG -> "The description is longer than any client needs";
          case TOO_MANY_LINES -> "The description has more lines than any client needs";
          case LINE_TOO_LONG -> "A line is longer than any client needs";
          case TOO_MANY_SECTIONS -> "There are more media sections than any client needs";
          case TOO_MANY_ATTRIBUTES -> "A section has more attributes than any client needs";
          case LINE -> "A line is not of the form x=value";
          case BEGINNING -> "The text does not begin with v=0, o= and s=";
          case FIELDS -> "A line lacks fields it must have";
          case VALUE -> "An attribute's value is not of its grammar";
        };
    return new Refused(SfuRefusal.SDP_MALFORMED, sentence + " (line " + refused.line() + ").");
  }

  static Refused of(NegotiationRefused refused) {
    return switch (refused.reason()) {
      case STALE -> stale("The description comes too late: another one has taken its place.");
      case NO_OFFER -> stale("There was no such offer to answer.");
      case SECTIONS -> unacceptable("Media sections are missing: they keep their places for ever.");
      case ORDER -> unacceptable("A media section has changed its mid or its media.");
      case MID -> unacceptable("Every media section needs an a=mid of its own.");
      case NO_ICE -> unacceptable("There is no a=ice-ufrag or a=ice-pwd for the bundle.");
      case ICE_GENERATION ->
          unacceptable("The ICE credentials must change with a restart, and only then.");
      case NO_FINGERPRINT -> unacceptable("There is no a=fingerprint of SHA-256 or better.");
      case FINGERPRINT_CHANGED ->
          unacceptable("Another certificate needs an ICE restart in the same description.");
      case SETUP -> unacceptable("The a=setup is one that cannot be, or not the one before.");
      case NOTHING_ACCEPTABLE -> unacceptable("No media section is one that the server can take.");
      case PAYLOAD_TYPE ->
          unacceptable("The answer gives an offered payload type another meaning.");
    };
  }

  private static Refused stale(String sentence) {
    return new Refused(SfuRefusal.STALE, sentence);
  }

  private static Refused unacceptable(String sentence) {
    return new Refused(SfuRefusal.SDP_UNACCEPTABLE, sentence);
  }
}
