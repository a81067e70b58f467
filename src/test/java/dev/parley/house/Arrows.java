package dev.parley.house;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which package may import which: the law of imports, a row each (architecture, section 2).
final class Arrows {
  /// From a package to what it may import, itself always included. A package that has no row may
  /// import nothing.
  private static final Map<String, List<String>> ALLOWED =
      Map.ofEntries(
          entry("wire", List.of()),
          entry("media", List.of()),
          entry("protocol.stun", List.of("wire")),
          entry("protocol.ice", List.of("wire", "protocol.stun")),
          entry("protocol.dtls", List.of("wire")),
          entry("protocol.srtp", List.of("wire", "protocol.rtp")),
          entry("protocol.rtp", List.of("wire")),
          entry("protocol.rtcp", List.of("wire", "protocol.rtp")),
          entry("protocol.sctp", List.of("wire")),
          entry("protocol.sdp", List.of("wire")),
          entry("protocol.sip", List.of("wire")),
          entry("protocol.mux", List.of("wire")),
          entry("engine", List.of("wire", "protocol", "media")),
          entry("engine.turn", List.of("wire", "protocol", "media", "engine!")),
          entry(
              "engine.peer", List.of("wire", "protocol", "media", "engine!", "engine.congestion")),
          entry(
              "engine.sfu",
              List.of("wire", "protocol", "media", "engine!", "engine.peer", "engine.congestion")),
          entry("engine.congestion", List.of("wire", "protocol", "media", "engine!")),
          entry(
              "engine.cascade",
              List.of("wire", "protocol", "media", "engine!", "engine.sfu", "engine.peer")),
          entry("engine.tap", List.of("wire", "protocol", "media", "engine!", "engine.sfu")),
          entry(
              "engine.sip",
              List.of("wire", "protocol", "media", "engine!", "engine.peer", "engine.sfu")),
          entry("adapter", List.of("wire", "engine", "media", "protocol.dtls")),
          entry("config", List.of()),
          entry("identity", List.of("config")),
          entry("room", List.of("identity", "media", "config")),
          entry("recording", List.of("room", "media", "config")),
          entry("signal", List.of("room", "identity", "media")),
          entry("hook", List.of("room", "identity", "config")),
          entry("socket", List.of("signal")),
          entry("door.json", DoorArrows.ALLOWED),
          entry("door.livekit", DoorArrows.ALLOWED),
          entry("door.whip", DoorArrows.ALLOWED),
          entry("door.rest", DoorArrows.ALLOWED),
          entry("door.sip", DoorArrows.ALLOWED),
          entry("door.hls", DoorArrows.ALLOWED),
          entry("door.page", DoorArrows.ALLOWED),
          entry("observe", List.of("media", "config")),
          entry("cluster", List.of("room", "signal", "media", "config")));

  private Arrows() {}

  /// Whether a class in one package may import a class in another; both are named below the root.
  /// `boot` sees all.
  static boolean allowed(String from, String to) {
    String owner = owner(from);
    if (owner.equals("boot") || from.equals(to) || within(to, owner) && !to.equals("engine")) {
      return true;
    }
    return ALLOWED.getOrDefault(owner, List.of()).stream()
        .anyMatch(arrow -> arrow.endsWith("!") ? (to + "!").equals(arrow) : within(to, arrow));
  }

  /// The packages the table speaks of, for the test that no package of the house is without a row.
  static Set<String> rows() {
    return new TreeSet<>(ALLOWED.keySet());
  }

  /// The longest row that holds a package: `adapter.linux` belongs to `adapter`.
  static String owner(String name) {
    String candidate = name;
    while (!ALLOWED.containsKey(candidate) && candidate.contains(".")) {
      candidate = candidate.substring(0, candidate.lastIndexOf('.'));
    }
    return candidate;
  }

  private static boolean within(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }

  private static final class DoorArrows {
    static final List<String> ALLOWED =
        Arrays.asList("signal", "socket", "room", "identity", "recording", "media", "config");
  }
}
