package dev.parley.signal;

import dev.parley.room.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Who is in a meeting or waits for it, in the order they came.
///
/// Confined to its meeting's monitor.
final class Roster {
  /// A lobby that held any number of guests would be a way to fill the memory.
  static final int LOBBY_SEATS = 128;

  private static final int CLASSIC_SEATS = 2;

  /// More than so many people, and the server saves each of them uploads.
  private static final int MESH_SEATS = 2;

  private final Map<String, Session> byId = new LinkedHashMap<>();
  private final Map<String, Session> byIdentity = new LinkedHashMap<>();

  void add(Session session) {
    byId.put(session.id(), session);
    byIdentity.put(session.view().identity(), session);
  }

  void remove(Session session) {
    byId.remove(session.id());
    // A newer one may have the identity by now.
    byIdentity.remove(session.view().identity(), session);
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  Session withId(String id) {
    return byId.get(id);
  }

  Session withIdentity(String identity) {
    return byIdentity.get(identity);
  }

  /// All of a kind, at this moment.
  List<Session> all(Predicate<Session> which) {
    var found = new ArrayList<Session>(byId.size());
    for (var session : byId.values()) {
      if (which.test(session)) {
        found.add(session);
      }
    }
    return found;
  }

  boolean any(Predicate<Session> which) {
    return byId.values().stream().anyMatch(which);
  }

  /// What those who have joined make necessary, where there is a server to send through.
  TopologyChoice.Need need(Topology wished) {
    if (wished == Topology.MESH || any(s -> s.joined() && s.classic())) {
      return TopologyChoice.Need.DIRECT;
    }
    boolean many = all(s -> s.joined() && !s.hidden()).size() > MESH_SEATS;
    return wished == Topology.SFU || many || any(s -> s.joined() && s.serverOnly())
        ? TopologyChoice.Need.SERVER
        : TopologyChoice.Need.EITHER;
  }

  /// Who has joined and is not hidden, but for one.
  List<ParticipantView> visible(Session except) {
    return all(s -> s.joined() && !s.hidden() && s != except).stream().map(Session::view).toList();
  }

  /// The one the other end of a classic exchange means, or null.
  Session partner(Session of) {
    for (var other : byId.values()) {
      if (other != of && other.joined()) {
        return other;
      }
    }
    return null;
  }

  /// Whether there is no seat left for one more; a room with a classic one in it is a room of two.
  boolean full(int seats, boolean classic) {
    int taken = 0;
    boolean pair = classic;
    for (var session : byId.values()) {
      if (session.seated() && !session.hidden()) {
        taken++;
        pair |= session.classic();
      }
    }
    return taken >= (pair ? Math.min(CLASSIC_SEATS, seats) : seats);
  }

  boolean lobbyFull() {
    return all(Session::waiting).size() >= LOBBY_SEATS;
  }
}
