package dev.parley.engine.peer;

import dev.parley.protocol.rtp.ExtensionValues;
import dev.parley.protocol.rtp.HeaderExtensions;
import dev.parley.protocol.rtp.RtpExtension;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.sdp.Section;
import dev.parley.protocol.sdp.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which section and layer an SSRC belongs to (RFC 9143, section 9.2; RFC 8852): as announced, else
/// as its packets say, else the only section with such a payload type. Confined to the peer's loop.
final class Binding {
  /// What an SSRC turned out to be.
  ///
  /// @param rid of the layer, or null
  /// @param repair whether it carries retransmissions
  /// @param of the SSRC that is repaired, or [#UNKNOWN]
  record Claim(Published published, String rid, boolean repair, long of) {}

  static final long UNKNOWN = -1;

  private final Map<Integer, Claim> announced = new HashMap<>();
  private Map<String, Published> published = Map.of();
  private int midId;
  private int ridId;
  private int repairedId;

  /// Both ends agreed on these sections; ids hold for the whole bundle (RFC 9143, section 15.3).
  void agreed(List<Section> sections, Map<String, Published> current) {
    published = current;
    midId = id(sections, RtpExtension.MID);
    ridId = id(sections, RtpExtension.RTP_STREAM_ID);
    repairedId = id(sections, RtpExtension.REPAIRED_RTP_STREAM_ID);
    announced.clear();
    for (Published one : current.values()) {
      for (Source source : one.publication().section().sources()) {
        announced.putIfAbsent((int) source.ssrc(), new Claim(one, null, false, UNKNOWN));
        if (source.repair() != Source.NONE) {
          announced.putIfAbsent((int) source.repair(), new Claim(one, null, true, source.ssrc()));
        }
      }
    }
  }

  static int id(List<Section> sections, RtpExtension extension) {
    for (Section section : sections) {
      int id = section.extension(extension.uri(), false);
      if (id != 0) {
        return id;
      }
    }
    return 0;
  }

  /// What the SSRC of an authentic packet is, or null while nobody can tell.
  Claim claim(byte[] packet, int length) {
    int header = RtpPacket.headerLength(packet, 0, length);
    Claim known = announced.get(RtpPacket.ssrc(packet, 0));
    if (known != null && (known.repair() || !known.published().layered())) {
      return known;
    }
    Published one = known == null ? section(packet, header) : known.published();
    return one == null ? null : claim(one, packet, header);
  }

  private Published section(byte[] packet, int header) {
    String mid = name(packet, header, midId);
    if (!mid.isEmpty()) {
      return published.get(mid);
    }
    int type = RtpPacket.payloadType(packet, 0);
    Published only = null;
    for (Published one : published.values()) {
      if (one.media(type) || one.repair(type)) {
        if (only != null) {
          return null;
        }
        only = one;
      }
    }
    return only;
  }

  private Claim claim(Published one, byte[] packet, int header) {
    boolean repair = one.repair(RtpPacket.payloadType(packet, 0));
    if (!one.layered()) {
      return new Claim(one, null, repair, UNKNOWN);
    }
    String rid = name(packet, header, repair ? repairedId : ridId);
    boolean layer = one.publication().section().rids().contains(rid);
    return layer ? new Claim(one, rid, repair, UNKNOWN) : null;
  }

  private static String name(byte[] packet, int header, int id) {
    int value = id == 0 ? HeaderExtensions.NONE : HeaderExtensions.find(packet, 0, header, id);
    return value == HeaderExtensions.NONE
        ? ""
        : ExtensionValues.name(packet, value, HeaderExtensions.length(packet, 0, value));
  }
}
