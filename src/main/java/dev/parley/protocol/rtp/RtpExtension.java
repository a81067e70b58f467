package dev.parley.protocol.rtp;

import java.util.Optional;

/// The registry of RTP header extensions Parley knows: URIs as `a=extmap` has them (RFC 8285
/// section 5), and what a selective forwarder does with each.
public enum RtpExtension {
  /// RFC 9143 section 15: the m-section a stream belongs to.
  MID("urn:ietf:params:rtp-hdrext:sdes:mid", Treatment.REWRITE),
  /// RFC 8852: which encoding of a simulcast; a subscriber gets one.
  RTP_STREAM_ID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", Treatment.DROP),
  /// RFC 8852: the encoding a retransmission repairs.
  REPAIRED_RTP_STREAM_ID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id", Treatment.DROP),
  /// RFC 6464.
  SSRC_AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level", Treatment.FORWARD),
  /// RFC 6465: levels of CSRC, which a forwarded packet does not have.
  CSRC_AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:csrc-audio-level", Treatment.DROP),
  /// When the packet left its last sender, 6.18 fixed point seconds.
  ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time", Treatment.REWRITE),
  /// draft-holmer-rmcat-transport-wide-cc-extensions-01: a number per packet of a transport.
  TRANSPORT_WIDE_CC(
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
      Treatment.REWRITE),
  /// RFC 5450: relates the first sender's send time to the timestamp, untrue of a second sender.
  TOFFSET("urn:ietf:params:rtp-hdrext:toffset", Treatment.DROP),
  /// 3GPP TS 26.114 section 7.4.5.
  VIDEO_ORIENTATION("urn:3gpp:video-orientation", Treatment.FORWARD),
  PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay", Treatment.FORWARD),
  VIDEO_CONTENT_TYPE(
      "http://www.webrtc.org/experiments/rtp-hdrext/video-content-type", Treatment.FORWARD),
  VIDEO_TIMING("http://www.webrtc.org/experiments/rtp-hdrext/video-timing", Treatment.FORWARD),
  COLOR_SPACE("http://www.webrtc.org/experiments/rtp-hdrext/color-space", Treatment.FORWARD),
  /// AV1 RTP appendix A; see [DependencyDescriptor].
  DEPENDENCY_DESCRIPTOR(
      "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
      Treatment.FORWARD),
  ABS_CAPTURE_TIME(
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time", Treatment.FORWARD);

  /// What becomes of an element on its way to a subscriber.
  public enum Treatment {
    /// Its value goes on as it came, under the subscriber's ID.
    FORWARD,
    /// The server writes a value of its own.
    REWRITE,
    /// It concerns the server alone.
    DROP
  }

  private final String uri;
  private final Treatment treatment;

  RtpExtension(String uri, Treatment treatment) {
    this.uri = uri;
    this.treatment = treatment;
  }

  public String uri() {
    return uri;
  }

  public Treatment treatment() {
    return treatment;
  }

  /// The row of a URI, which is compared as RFC 8285 section 5 has it: character by character.
  public static Optional<RtpExtension> of(String uri) {
    for (RtpExtension extension : values()) {
      if (extension.uri.equals(uri)) {
        return Optional.of(extension);
      }
    }
    return Optional.empty();
  }
}
