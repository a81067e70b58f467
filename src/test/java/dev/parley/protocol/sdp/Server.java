package dev.parley.protocol.sdp;

import java.util.List;
import java.util.function.Supplier;

/// The server's end as the tests have it: fixed names, credentials counted.
final class Server {
  static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
  static final String LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
  static final String TWCC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
  static final String SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
  static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
  static final String RRID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
  static final Fingerprint FINGERPRINT = Fingerprint.of("sha-256", new byte[32]);

  private Server() {}

  static Negotiation negotiation(boolean data) {
    List<HeaderExtension> extensions =
        List.of(
            new HeaderExtension(MID, true, true, true),
            new HeaderExtension(LEVEL, true, false, true),
            new HeaderExtension(TWCC, true, true, true),
            new HeaderExtension(SEND_TIME, false, true, true, TWCC),
            new HeaderExtension(RID, false, true, false),
            new HeaderExtension(RRID, false, true, false));
    LocalTransport local =
        new LocalTransport(
            "4242", true, FINGERPRINT, List.of("1 1 udp 2130706431 192.0.2.9 7882 typ host"));
    return new Negotiation(Capabilities.standard(extensions, data), local, credentials());
  }

  static Negotiation negotiation() {
    return negotiation(false);
  }

  private static Supplier<IceParameters> credentials() {
    int[] made = {0};
    return () ->
        new IceParameters(
            "ufr" + ++made[0], "passwordpassword1234" + made[0] + made[0], List.of(), true);
  }

  static SessionDescription read(Offer offer) {
    try {
      return SessionDescription.parse(offer.text());
    } catch (SdpRefused refused) {
      throw new AssertionError(refused);
    }
  }

  static Outgoing video(int n) {
    return new Outgoing(
        "v" + n, Kind.VIDEO, "stream" + n, "video" + n, "cname" + n, 1000 + n, 2000 + n, List.of());
  }

  static Outgoing audio(int n) {
    return new Outgoing(
        "a" + n,
        Kind.AUDIO,
        "stream" + n,
        "audio" + n,
        "cname" + n,
        3000 + n,
        Source.NONE,
        List.of());
  }

  /// What a client would answer that takes everything: directions turned round, its own transport.
  static String answered(Offer offer) {
    return answered(offer.text(), "clie");
  }

  static String answered(String offer, String ufrag) {
    return offer
        .replaceAll("(?m)^a=(sendonly|recvonly)\r\n", "a=turned-$1\r\n")
        .replace("a=turned-sendonly", "a=recvonly")
        .replace("a=turned-recvonly", "a=sendonly")
        .replaceAll("(?m)^a=(ssrc|ssrc-group|msid|candidate|ice-lite).*\r\n", "")
        .replaceAll("a=rid:(.*) recv", "a=rid:$1 send")
        .replace("a=simulcast:recv", "a=simulcast:send")
        .replaceAll("a=ice-ufrag:.*", "a=ice-ufrag:" + ufrag)
        .replaceAll("a=ice-pwd:.*", "a=ice-pwd:" + ufrag + "clientclientclientclient")
        .replace("a=setup:actpass", "a=setup:active");
  }

  static SessionDescription parse(String text) {
    try {
      return SessionDescription.parse(text);
    } catch (SdpRefused e) {
      throw new AssertionError(e);
    }
  }

  static SessionDescription corpus(String name) {
    return parse(Corpus.text(name));
  }
}
