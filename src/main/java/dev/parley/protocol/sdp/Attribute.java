package dev.parley.protocol.sdp;

import java.util.List;
import java.util.stream.Collectors;

/// One `a=` line (RFC 8866, section 5.13): a type for each that an SFU reads, [Other] for the rest.
///
/// The registry that reads them is [AttributeName].
public sealed interface Attribute
    permits Direction,
        Setup,
        Flag,
        Fingerprint,
        ExtensionMap,
        Attribute.Other,
        Attribute.Group,
        Attribute.Mid,
        Attribute.Msid,
        Attribute.IceUfrag,
        Attribute.IcePwd,
        Attribute.IceOptions,
        Attribute.Candidate,
        Attribute.RtpMap,
        Attribute.Fmtp,
        Attribute.RtcpFeedback,
        Attribute.Rid,
        Attribute.Simulcast,
        Attribute.Ssrc,
        Attribute.SsrcGroup,
        Attribute.SctpPort,
        Attribute.MaxMessageSize {

  /// The name before the colon.
  String attribute();

  /// What follows the colon, or null for an attribute that is only a name.
  String value();

  /// The line without its end.
  default String line() {
    return value() == null ? "a=" + attribute() : "a=" + attribute() + ":" + value();
  }

  /// An attribute nobody here reads; it is kept.
  record Other(String attribute, String value) implements Attribute {}

  /// Sections that belong together (RFC 5888, section 5), as in a bundle (RFC 8843).
  record Group(String semantics, List<String> mids) implements Attribute {
    /// Shares what it is given: keep it unchanged.
    public Group {
      mids = List.copyOf(mids);
    }

    public boolean bundle() {
      return semantics.equals("BUNDLE");
    }

    @Override
    public String attribute() {
      return "group";
    }

    @Override
    public String value() {
      return mids.isEmpty() ? semantics : semantics + " " + String.join(" ", mids);
    }
  }

  /// The name of a section (RFC 5888, section 4).
  record Mid(String value) implements Attribute {
    @Override
    public String attribute() {
      return "mid";
    }
  }

  /// The MediaStream and the track of a section (RFC 8830, section 2).
  ///
  /// @param stream `-` for none
  /// @param track null where the writer left it out
  record Msid(String stream, String track) implements Attribute {
    @Override
    public String attribute() {
      return "msid";
    }

    @Override
    public String value() {
      return track == null ? stream : stream + " " + track;
    }
  }

  /// RFC 8839, section 5.4.
  record IceUfrag(String value) implements Attribute {
    @Override
    public String attribute() {
      return "ice-ufrag";
    }
  }

  /// RFC 8839, section 5.4.
  record IcePwd(String value) implements Attribute {
    @Override
    public String attribute() {
      return "ice-pwd";
    }

    @Override
    public String toString() {
      return "IcePwd[]";
    }
  }

  /// RFC 8839, section 5.6.
  record IceOptions(List<String> options) implements Attribute {
    public IceOptions {
      options = List.copyOf(options);
    }

    @Override
    public String attribute() {
      return "ice-options";
    }

    @Override
    public String value() {
      return String.join(" ", options);
    }
  }

  /// A candidate (RFC 8839, section 5.1), opaque here.
  record Candidate(String value) implements Attribute {
    @Override
    public String attribute() {
      return "candidate";
    }
  }

  /// What a payload type is (RFC 8866, section 6.6). `channels` is 1 where nothing was said.
  record RtpMap(int payloadType, String encoding, int clock, int channels) implements Attribute {
    @Override
    public String attribute() {
      return "rtpmap";
    }

    @Override
    public String value() {
      String more = channels == 1 ? "" : "/" + channels;
      return payloadType + " " + encoding + "/" + clock + more;
    }
  }

  /// The parameters of a payload type (RFC 8866, section 6.15), opaque here.
  record Fmtp(int payloadType, String parameters) implements Attribute {
    @Override
    public String attribute() {
      return "fmtp";
    }

    @Override
    public String value() {
      return payloadType + " " + parameters;
    }
  }

  /// Feedback that may be sent for a payload type, or for all of them where it is [#ALL] (RFC 4585,
  /// section 4.2).
  record RtcpFeedback(int payloadType, String feedback) implements Attribute {
    /// Every payload type of the section.
    public static final int ALL = -1;

    @Override
    public String attribute() {
      return "rtcp-fb";
    }

    @Override
    public String value() {
      return (payloadType == ALL ? "*" : payloadType) + " " + feedback;
    }
  }

  /// One of several encodings of a source (RFC 8851, section 4), restrictions opaque.
  record Rid(String rid, boolean sent, String restrictions) implements Attribute {
    @Override
    public String attribute() {
      return "rid";
    }

    @Override
    public String value() {
      String more = restrictions.isEmpty() ? "" : " " + restrictions;
      return rid + (sent ? " send" : " recv") + more;
    }
  }

  /// Which encodings are sent and received at once (RFC 8853, section 5.1): streams of
  /// alternatives.
  record Simulcast(List<List<Version>> send, List<List<Version>> receive) implements Attribute {
    /// One encoding; paused ones are agreed on but not sent yet.
    public record Version(String rid, boolean paused) {}

    @Override
    public String attribute() {
      return "simulcast";
    }

    @Override
    public String value() {
      return (text("send ", send) + text(" recv ", receive)).strip();
    }

    private static String text(String way, List<List<Version>> streams) {
      return streams.isEmpty()
          ? ""
          : streams.stream().map(Simulcast::text).collect(Collectors.joining(";", way, ""));
    }

    private static String text(List<Version> alternatives) {
      return alternatives.stream()
          .map(version -> (version.paused() ? "~" : "") + version.rid())
          .collect(Collectors.joining(","));
    }
  }

  /// A fact about one source (RFC 5576, section 4.1): `cname:…`, `msid:…`.
  record Ssrc(long ssrc, String fact) implements Attribute {
    @Override
    public String attribute() {
      return "ssrc";
    }

    @Override
    public String value() {
      return fact.isEmpty() ? Long.toString(ssrc) : ssrc + " " + fact;
    }
  }

  /// Sources that belong together (RFC 5576, section 4.2): FID a stream and its retransmission (RFC
  /// 4588), SIM the layers of one track as older clients say it.
  record SsrcGroup(String semantics, List<Long> ssrcs) implements Attribute {
    public SsrcGroup {
      ssrcs = List.copyOf(ssrcs);
    }

    @Override
    public String attribute() {
      return "ssrc-group";
    }

    @Override
    public String value() {
      return ssrcs.stream()
          .map(String::valueOf)
          .collect(Collectors.joining(" ", semantics + " ", ""));
    }
  }

  /// RFC 8841, section 5.
  record SctpPort(int port) implements Attribute {
    @Override
    public String attribute() {
      return "sctp-port";
    }

    @Override
    public String value() {
      return Integer.toString(port);
    }
  }

  /// RFC 8841, section 6: octets, 0 for no limit.
  record MaxMessageSize(long octets) implements Attribute {
    @Override
    public String attribute() {
      return "max-message-size";
    }

    @Override
    public String value() {
      return Long.toString(octets);
    }
  }
}
