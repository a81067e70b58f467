package dev.parley.protocol.sdp;

import dev.parley.protocol.sdp.Attribute.Candidate;
import dev.parley.protocol.sdp.Attribute.Fmtp;
import dev.parley.protocol.sdp.Attribute.Group;
import dev.parley.protocol.sdp.Attribute.IceOptions;
import dev.parley.protocol.sdp.Attribute.IcePwd;
import dev.parley.protocol.sdp.Attribute.IceUfrag;
import dev.parley.protocol.sdp.Attribute.MaxMessageSize;
import dev.parley.protocol.sdp.Attribute.Mid;
import dev.parley.protocol.sdp.Attribute.Msid;
import dev.parley.protocol.sdp.Attribute.Other;
import dev.parley.protocol.sdp.Attribute.Rid;
import dev.parley.protocol.sdp.Attribute.RtcpFeedback;
import dev.parley.protocol.sdp.Attribute.RtpMap;
import dev.parley.protocol.sdp.Attribute.SctpPort;
import dev.parley.protocol.sdp.Attribute.Simulcast;
import dev.parley.protocol.sdp.Attribute.Simulcast.Version;
import dev.parley.protocol.sdp.Attribute.Ssrc;
import dev.parley.protocol.sdp.Attribute.SsrcGroup;
import java.util.ArrayList;
import java.util.List;

/// Writes the server's descriptions (RFC 9429, sections 5.2 and 5.3).
///
/// @param ice the server's credentials
/// @param setup ACTPASS in offers, the role in answers
/// @param mixed whether one- and two-byte header extensions may mix
record Describing(
    LocalTransport local,
    IceParameters ice,
    Setup setup,
    boolean mixed,
    int messageSize,
    long version) {

  /// @param bundle mids of the open sections, the tagged one first; empty for no group
  SessionDescription description(List<Section> sections, List<String> bundle, boolean grouped) {
    String tagged = bundle.isEmpty() ? null : bundle.getFirst();
    return head(
        bundle,
        grouped,
        sections.stream().map(each -> section(each, each.mid().equals(tagged))).toList());
  }

  /// @param sections described already; empty for none
  SessionDescription head(List<String> bundle, boolean grouped, List<MediaSection> sections) {
    List<Attribute> session = new ArrayList<>();
    if (grouped && !bundle.isEmpty()) {
      session.add(new Group("BUNDLE", bundle));
    }
    if (ice.lite()) {
      session.add(Flag.ICE_LITE);
    }
    if (mixed) {
      session.add(Flag.EXTMAP_ALLOW_MIXED);
    }
    session.add(new Other("msid-semantic", " WMS *"));
    Origin origin = new Origin("-", local.session(), Long.toString(version), Origin.NONE.address());
    return new SessionDescription(origin, "-", List.of(new SdpLine('t', "0 0")), session, sections);
  }

  /// @param tagged whether it speaks for the bundle
  MediaSection section(Section section, boolean tagged) {
    List<Attribute> out = new ArrayList<>();
    if (!section.open()) {
      out.add(new Mid(section.mid()));
      out.add(Direction.INACTIVE);
      return lines(section, 0, section.formats(), out);
    }
    if (section.kind().rtp()) {
      out.add(new Other("rtcp", "9 IN IP4 0.0.0.0"));
    }
    transport(tagged, out);
    out.add(new Mid(section.mid()));
    if (!section.kind().rtp()) {
      out.add(new SctpPort(Capabilities.SCTP_PORT));
      out.add(new MaxMessageSize(messageSize));
      return lines(section, 9, section.formats(), out);
    }
    out.addAll(section.extensions());
    rtp(section, out);
    return lines(section, 9, section.codecs().stream().map(Describing::format).toList(), out);
  }

  private static String format(Codec codec) {
    return Integer.toString(codec.payloadType());
  }

  private static MediaSection lines(
      Section section, int port, List<String> formats, List<Attribute> out) {
    return new MediaSection(
        section.media(), port, section.protocol(), formats, List.of(SdpLine.NOWHERE), out);
  }

  /// Everything there is to say of the transport; only the candidates are left to the tagged
  /// section.
  private void transport(boolean tagged, List<Attribute> out) {
    if (tagged) {
      local.candidates().forEach(candidate -> out.add(new Candidate(candidate)));
      out.add(Flag.END_OF_CANDIDATES);
    }
    out.add(new IceUfrag(ice.ufrag()));
    out.add(new IcePwd(ice.password()));
    if (!ice.options().isEmpty()) {
      out.add(new IceOptions(ice.options()));
    }
    out.add(local.fingerprint());
    out.add(setup);
  }

  private void rtp(Section section, List<Attribute> out) {
    Outgoing outgoing = section.outgoing();
    boolean sends = outgoing != null && (setup == Setup.ACTPASS || section.client().receives());
    out.add(Direction.of(sends, section.receiving()));
    if (sends) {
      out.add(new Msid(outgoing.stream(), outgoing.track()));
    }
    out.add(Flag.RTCP_MUX);
    if (section.reduced()) {
      out.add(Flag.RTCP_RSIZE);
    }
    section.codecs().forEach(codec -> codec(codec, out));
    if (section.receiving() && !section.rids().isEmpty()) {
      section.rids().forEach(rid -> out.add(new Rid(rid, false, "")));
      List<List<Version>> received =
          section.rids().stream().map(rid -> List.of(new Version(rid, false))).toList();
      out.add(new Simulcast(List.of(), received));
    }
    if (sends) {
      sources(outgoing, out);
    }
  }

  private static void codec(Codec codec, List<Attribute> out) {
    int type = codec.payloadType();
    out.add(new RtpMap(type, codec.name(), codec.clock(), codec.channels()));
    codec.feedback().forEach(feedback -> out.add(new RtcpFeedback(type, feedback)));
    if (!codec.parameters().isEmpty()) {
      out.add(new Fmtp(type, codec.parameters()));
    }
  }

  private static void sources(Outgoing outgoing, List<Attribute> out) {
    boolean repaired = outgoing.repair() != Source.NONE;
    if (repaired) {
      out.add(new SsrcGroup("FID", List.of(outgoing.ssrc(), outgoing.repair())));
    }
    source(outgoing.ssrc(), outgoing, out);
    if (repaired) {
      source(outgoing.repair(), outgoing, out);
    }
  }

  private static void source(long ssrc, Outgoing outgoing, List<Attribute> out) {
    out.add(new Ssrc(ssrc, "cname:" + outgoing.cname()));
    out.add(new Ssrc(ssrc, "msid:" + outgoing.stream() + " " + outgoing.track()));
  }
}
