package dev.parley.door.livekit;

import dev.parley.media.TrackKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A section of a description (RFC 8866), as far as tracks are found by it.
///
/// @param kind null for what is neither audio nor video
/// @param mid null where it has none
/// @param sends whether its author sends in it
/// @param track the track part of its `a=msid`, or null (RFC 8830)
record Offered(TrackKind kind, String mid, boolean sends, String track) {
  /// All sections of a description, in their order; lines that are not understood are passed over.
  static List<Offered> read(String sdp) {
    var sections = new ArrayList<Offered>();
    var lines = new ArrayList<String>();
    for (String line : sdp.split("\r?\n")) {
      if (line.startsWith("m=")) {
        section(lines, sections);
        lines.clear();
      }
      lines.add(line);
    }
    section(lines, sections);
    return sections;
  }

  /// Port 0 stops a section, but not one that only lives in its bundle (RFC 8843, section 6).
  private static void section(List<String> lines, List<Offered> sections) {
    if (lines.isEmpty() || !lines.getFirst().startsWith("m=")) {
      return;
    }
    boolean stopped = lines.getFirst().matches("m=\\S+ 0 .*") && !lines.contains("a=bundle-only");
    var section = new Offered(kind(lines.getFirst()), null, !stopped, null);
    for (String line : lines) {
      section = section.with(line);
    }
    sections.add(section);
  }

  /// Which track comes in which section, by the mids.
  static Map<String, String> tracks(String sdp) {
    var tracks = new TreeMap<String, String>();
    for (var section : read(sdp)) {
      if (section.sends && section.mid != null && section.track != null) {
        tracks.put(section.mid, section.track);
      }
    }
    return tracks;
  }

  private static TrackKind kind(String line) {
    if (line.startsWith("m=audio ")) {
      return TrackKind.AUDIO;
    }
    return line.startsWith("m=video ") ? TrackKind.VIDEO : null;
  }

  private Offered with(String line) {
    if (line.startsWith("a=mid:")) {
      return new Offered(kind, line.substring(6).strip(), sends, track);
    }
    if (line.startsWith("a=msid:")) {
      String[] parts = line.substring(7).strip().split(" ", 2);
      return new Offered(kind, mid, sends, parts.length == 2 ? parts[1].strip() : track);
    }
    return switch (line.strip()) {
      case "a=recvonly", "a=inactive" -> new Offered(kind, mid, false, track);
      default -> this;
    };
  }
}
