package dev.parley.protocol.sdp;

import dev.parley.protocol.sdp.Attribute.Msid;
import dev.parley.protocol.sdp.Attribute.Ssrc;
import dev.parley.protocol.sdp.Attribute.SsrcGroup;
import dev.parley.protocol.sdp.Text.BadValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A source that a section announces (RFC 5576) and the one of its retransmissions (RFC 4588,
/// section 4).
///
/// @param ssrc 32 bits
/// @param repair the SSRC of its retransmissions, or [#NONE]
/// @param cname null where none was said
/// @param msid as older clients say it, null where none was said
public record Source(long ssrc, long repair, String cname, Msid msid) {
  /// No such source.
  public static final long NONE = -1;

  static List<Source> of(MediaSection section) {
    Map<Long, Long> repairs = new LinkedHashMap<>();
    for (SsrcGroup group : section.all(SsrcGroup.class)) {
      if (group.semantics().equals("FID") && group.ssrcs().size() == 2) {
        repairs.putIfAbsent(group.ssrcs().getFirst(), group.ssrcs().getLast());
      }
    }
    Map<Long, Source> sources = new LinkedHashMap<>();
    for (Ssrc line : section.all(Ssrc.class)) {
      Source known = sources.get(line.ssrc());
      if (known == null) {
        known = new Source(line.ssrc(), repairs.getOrDefault(line.ssrc(), NONE), null, null);
      }
      sources.put(line.ssrc(), known.with(line.fact()));
    }
    repairs.values().forEach(sources::remove);
    return new ArrayList<>(sources.values());
  }

  private Source with(String fact) {
    if (fact.startsWith("cname:")) {
      return new Source(ssrc, repair, fact.substring(6), msid);
    }
    if (fact.startsWith("msid:")) {
      try {
        return new Source(ssrc, repair, cname, (Msid) AttributeName.read(fact));
      } catch (BadValue _) {
        return this;
      }
    }
    return this;
  }
}
