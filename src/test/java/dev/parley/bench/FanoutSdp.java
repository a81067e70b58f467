package dev.parley.bench;

import dev.parley.protocol.dtls.Fingerprint;
import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.ice.IceRefused;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The session descriptions of a client of [FanoutBench], by hand: one section of VP8 that it sends
/// or receives, with what Chromium says of it that is of use here. What is received is not told of,
/// nor is it agreed that it would be: who agrees and is silent is sent little.
final class FanoutSdp {
  private static final String OFFER =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0
      a=extmap-allow-mixed
      m=video 9 UDP/TLS/RTP/SAVPF %d 97
      c=IN IP4 0.0.0.0
      a=rtcp:9 IN IP4 0.0.0.0
      a=ice-ufrag:%s
      a=ice-pwd:%s
      a=ice-options:trickle
      a=fingerprint:sha-256 %s
      a=setup:actpass
      a=mid:0
      a=extmap:%d http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
      a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
      a=%s
      a=rtcp-mux
      a=rtcp-rsize
      a=rtpmap:96 VP8/90000
      a=rtcp-fb:96 goog-remb
      a=rtcp-fb:96 transport-cc
      a=rtcp-fb:96 ccm fir
      a=rtcp-fb:96 nack
      a=rtcp-fb:96 nack pli
      a=rtpmap:97 rtx/90000
      a=fmtp:97 apt=96
      """;

  private static final String CONTROLLING = "(?m)^a=rtcp-fb:\\S+ (transport-cc|goog-remb)\r?\n";

  private FanoutSdp() {}

  /// What the server says of its end.
  record Far(
      IceCredentials ice, Fingerprint fingerprint, boolean passive, InetSocketAddress candidate) {}

  static String offer(IceCredentials ice, Fingerprint own, boolean sends) {
    String text =
        OFFER.formatted(
            FanoutSource.PAYLOAD_TYPE,
            ice.ufrag(),
            ice.pwd(),
            own.digest(),
            FanoutSource.TRANSPORT_EXTENSION,
            sends ? "sendonly" : "recvonly");
    if (sends) {
      text += "a=msid:fanout source\na=ssrc:%d cname:fanout\n".formatted(FanoutSource.SSRC);
    } else {
      text = text.replaceAll(CONTROLLING, "");
    }
    return text.replace("\n", "\r\n");
  }

  /// What a client answers that takes all of it: directions turned round, its own transport.
  static String answer(String offer, IceCredentials ice, Fingerprint own) {
    return offer
        .replaceAll(CONTROLLING, "")
        .replace("a=sendonly\r\n", "a=turned\r\n")
        .replace("a=recvonly\r\n", "a=sendonly\r\n")
        .replace("a=turned\r\n", "a=recvonly\r\n")
        .replaceAll(
            "(?m)^a=(ssrc|ssrc-group|msid|msid-semantic|candidate|end-of-cand|ice-lite).*\r\n", "")
        .replaceAll("a=ice-ufrag:.*", "a=ice-ufrag:" + Matcher.quoteReplacement(ice.ufrag()))
        .replaceAll("a=ice-pwd:.*", "a=ice-pwd:" + Matcher.quoteReplacement(ice.pwd()))
        .replaceAll("a=fingerprint:.*", "a=fingerprint:sha-256 " + own.digest())
        .replace("a=setup:actpass", "a=setup:active");
  }

  static Far far(String description) {
    try {
      String[] candidate = value(description, "candidate:\\S+ 1 (?i:udp) \\d+ ").split(" ");
      return new Far(
          IceCredentials.of(value(description, "ice-ufrag:"), value(description, "ice-pwd:")),
          Fingerprint.parse(value(description, "fingerprint:")).orElseThrow(),
          !value(description, "setup:").equals("active"),
          new InetSocketAddress(candidate[0], Integer.parseInt(candidate[1])));
    } catch (IceRefused e) {
      throw new IllegalStateException(description, e);
    }
  }

  private static String value(String description, String name) {
    Matcher matcher = Pattern.compile("(?m)^a=" + name + "(.*?)\r?$").matcher(description);
    if (!matcher.find()) {
      throw new IllegalStateException("no a=" + name + " in:\n" + description);
    }
    return matcher.group(1);
  }
}
