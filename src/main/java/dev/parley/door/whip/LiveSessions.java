package dev.parley.door.whip;

import java.util.concurrent.ConcurrentHashMap;

/// The sessions there are, by the last segment of their URL. Any thread may use it.
final class LiveSessions {
  private final ConcurrentHashMap<String, LiveSession> byId = new ConcurrentHashMap<>();

  void add(LiveSession session) {
    byId.put(session.id(), session);
  }

  void remove(LiveSession session) {
    byId.remove(session.id(), session);
  }

  /// The session a request is for.
  ///
  /// @throws Refusal where there is none (any more)
  LiveSession find(Ask ask) throws Refusal {
    var session = byId.get(ask.session());
    if (session == null || !session.at(ask.way(), ask.room())) {
      throw Refusal.noSession();
    }
    return session;
  }

  /// The session with this id, or null.
  LiveSession find(String id) {
    return byId.get(id);
  }

  int size() {
    return byId.size();
  }
}
