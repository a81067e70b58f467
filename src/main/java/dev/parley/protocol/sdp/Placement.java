package dev.parley.protocol.sdp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Which section carries which outgoing track: in a client's offer those it would receive in, in
/// the server's own any that is free, and new ones.
final class Placement {
  private final Map<String, Outgoing> unplaced = new LinkedHashMap<>();

  Placement(List<Outgoing> wanted, Set<Outgoing> declined) {
    for (Outgoing outgoing : wanted) {
      if (declined.isEmpty() || !declined.contains(outgoing)) {
        unplaced.put(outgoing.id(), outgoing);
      }
    }
  }

  /// Tracks that have no section yet, in their order.
  Collection<Outgoing> unplaced() {
    return unplaced.values();
  }

  /// Lets tracks keep their sections; frees the section of a track that is not wanted any more.
  List<Section> keep(List<Section> sections) {
    List<Section> kept = new ArrayList<>();
    for (Section section : sections) {
      Outgoing before = section.outgoing();
      Outgoing now = before == null ? null : unplaced.get(before.id());
      now = now != null && now.kind() == section.kind() ? unplaced.remove(now.id()) : null;
      kept.add(Objects.equals(before, now) ? section : section.with(now));
    }
    return kept;
  }

  /// Fills the sections of a client's offer that it only receives in, in order.
  List<Section> fill(List<Section> sections) {
    List<Section> filled = new ArrayList<>();
    for (Section section : sections) {
      boolean free =
          section.open() && section.outgoing() == null && section.client() == Direction.RECVONLY;
      filled.add(free ? filled(section) : section);
    }
    return filled;
  }

  private Section filled(Section section) {
    for (Outgoing outgoing : unplaced.values()) {
      if (outgoing.kind() == section.kind() && playable(outgoing, section)) {
        unplaced.remove(outgoing.id());
        return section.with(outgoing);
      }
    }
    return section;
  }

  /// Whether a section has a codec the track can be sent with.
  private static boolean playable(Outgoing outgoing, Section section) {
    return outgoing.codecs().isEmpty()
        || outgoing.codecs().stream().anyMatch(codec -> section.same(codec) != null);
  }

  /// Takes a track for a section that is free for it in an offer of the server's, or null: its own,
  /// or one of the client's that it only receives in.
  Outgoing take(Section section) {
    boolean free =
        section.open()
            && section.outgoing() == null
            && !section.receiving()
            && (section.ours() || section.client() == Direction.RECVONLY);
    if (!free) {
      return null;
    }
    for (Outgoing outgoing : unplaced.values()) {
      if (outgoing.kind() == section.kind()) {
        return unplaced.remove(outgoing.id());
      }
    }
    return null;
  }
}
