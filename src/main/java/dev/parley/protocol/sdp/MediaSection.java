package dev.parley.protocol.sdp;

import dev.parley.protocol.sdp.Attribute.Candidate;
import dev.parley.protocol.sdp.Attribute.Msid;
import dev.parley.protocol.sdp.Attribute.Rid;
import dev.parley.protocol.sdp.Attribute.Simulcast;
import dev.parley.protocol.sdp.Attribute.Simulcast.Version;
import java.util.ArrayList;
import java.util.List;

/// One `m=` line and what belongs to it (RFC 8866, section 5.14).
///
/// @param media `audio`, `video`, `application` or what the writer likes
/// @param port 0 rejects or stops the section, unless it is bundle-only
/// @param formats payload types, or the name of a protocol
public record MediaSection(
    String media,
    int port,
    String protocol,
    List<String> formats,
    List<SdpLine> lines,
    List<Attribute> attributes) {
  public MediaSection {
    formats = List.copyOf(formats);
    lines = List.copyOf(lines);
    attributes = List.copyOf(attributes);
  }

  /// The first attribute of a type, or null.
  public <A extends Attribute> A first(Class<A> type) {
    return Attributes.first(attributes, type);
  }

  /// The attributes of a type, in order.
  public <A extends Attribute> List<A> all(Class<A> type) {
    return Attributes.all(attributes, type);
  }

  public boolean has(Flag flag) {
    return attributes.contains(flag);
  }

  /// What it carries.
  public Kind kind() {
    return Kind.of(media);
  }

  /// The section's name, or null.
  public String mid() {
    Attribute.Mid mid = first(Attribute.Mid.class);
    return mid == null ? null : mid.value();
  }

  /// Whether its port rejects or stops it (RFC 3264, section 6; RFC 8843, section 6).
  public boolean stopped() {
    return port == 0 && !has(Flag.BUNDLE_ONLY);
  }

  /// The payload types in the writer's order, those whose meaning is known.
  public List<Codec> codecs() {
    return CodecReading.of(this);
  }

  /// The sources that the writer announces, each with its retransmissions.
  public List<Source> sources() {
    return Source.of(this);
  }

  /// The streams and tracks of the section; older clients say it source by source.
  public List<Msid> msids() {
    List<Msid> msids = all(Msid.class);
    if (msids.isEmpty()) {
      for (Source source : sources()) {
        if (source.msid() != null && !msids.contains(source.msid())) {
          msids.add(source.msid());
        }
      }
    }
    return msids;
  }

  /// The rids that the writer sends, in the order of `a=simulcast`, where there are alternatives
  /// the first one (RFC 8853, section 5.2); without it in the order of `a=rid`.
  public List<String> rids() {
    List<String> declared = new ArrayList<>();
    for (Rid rid : all(Rid.class)) {
      if (rid.sent() && !declared.contains(rid.rid())) {
        declared.add(rid.rid());
      }
    }
    Simulcast simulcast = first(Simulcast.class);
    if (simulcast == null || simulcast.send().isEmpty()) {
      return declared;
    }
    List<String> sent = new ArrayList<>();
    for (List<Version> stream : simulcast.send()) {
      String rid = stream.getFirst().rid();
      if (declared.contains(rid) && !sent.contains(rid)) {
        sent.add(rid);
      }
    }
    return sent;
  }

  /// The candidate lines, without `a=candidate:`.
  public List<String> candidates() {
    return all(Candidate.class).stream().map(Candidate::value).toList();
  }

  String text() {
    StringBuilder out = new StringBuilder(2048);
    write(out);
    return out.toString();
  }

  void write(StringBuilder out) {
    out.append("m=").append(media).append(' ').append(port).append(' ').append(protocol);
    formats.forEach(format -> out.append(' ').append(format));
    out.append("\r\n");
    Attributes.write(out, lines, attributes);
  }
}
