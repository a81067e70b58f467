package dev.parley.protocol.sdp;

import dev.parley.protocol.sdp.Attribute.Fmtp;
import dev.parley.protocol.sdp.Attribute.RtcpFeedback;
import dev.parley.protocol.sdp.Attribute.RtpMap;
import java.util.ArrayList;
import java.util.List;

/// Puts the payload types of a section together from its `rtpmap`, `fmtp` and `rtcp-fb` lines, in
/// one pass over them.
final class CodecReading {
  private final RtpMap[] maps = new RtpMap[128];
  private final String[] parameters = new String[128];
  private final List<List<String>> feedback = new ArrayList<>();
  private final List<String> everywhere = new ArrayList<>();

  private CodecReading(MediaSection section) {
    for (int i = 0; i < 128; i++) {
      maps[i] = fixed(i);
      feedback.add(new ArrayList<>(0));
    }
    for (Attribute attribute : section.attributes()) {
      switch (attribute) {
        case RtpMap map -> maps[map.payloadType()] = map;
        case Fmtp fmtp -> parameters[fmtp.payloadType()] = fmtp.parameters();
        case RtcpFeedback fb when fb.payloadType() == RtcpFeedback.ALL ->
            everywhere.add(fb.feedback());
        case RtcpFeedback fb -> feedback.get(fb.payloadType()).add(fb.feedback());
        default -> {}
      }
    }
  }

  static List<Codec> of(MediaSection section) {
    CodecReading reading = new CodecReading(section);
    List<Codec> codecs = new ArrayList<>();
    boolean[] seen = new boolean[128];
    for (String format : section.formats()) {
      int type = type(format);
      if (type >= 0 && reading.maps[type] != null && !seen[type]) {
        seen[type] = true;
        codecs.add(reading.codec(type));
      }
    }
    return codecs;
  }

  private static int type(String format) {
    try {
      return Text.payloadType(format);
    } catch (Text.BadValue _) {
      return -1;
    }
  }

  private Codec codec(int type) {
    RtpMap map = maps[type];
    List<String> all = new ArrayList<>(feedback.get(type));
    all.addAll(everywhere);
    String fmtp = parameters[type] == null ? "" : parameters[type];
    return new Codec(type, map.encoding(), map.clock(), map.channels(), fmtp, all);
  }

  /// Payload types that mean something without a word (RFC 3551, section 6).
  private static RtpMap fixed(int type) {
    return switch (type) {
      case 0 -> new RtpMap(type, "PCMU", 8000, 1);
      case 8 -> new RtpMap(type, "PCMA", 8000, 1);
      case 9 -> new RtpMap(type, "G722", 8000, 1);
      case 13 -> new RtpMap(type, "CN", 8000, 1);
      default -> null;
    };
  }
}
