package dev.parley.door.whip;

import dev.parley.signal.Agent;
import dev.parley.signal.AgentListener;
import dev.parley.signal.Departure;

/// A WHIP or WHEP session: an agent and the generation of its ICE session (RFC 9725, section
/// 4.3.1). It is found until the agent has left, whoever wanted that. Any thread may use it.
final class LiveSession implements AgentListener {
  private final Way way;
  private final LiveSessions all;
  private volatile Agent agent;
  private volatile boolean over;
  private String ufrag;
  private int generation = 1;

  /// @param ufrag the client's, as its offer has it; null where it has none
  LiveSession(Way way, LiveSessions all, String ufrag) {
    this.way = way;
    this.all = all;
    this.ufrag = ufrag;
  }

  /// Its agent is in; it may be out again already.
  void begins(Agent of) {
    agent = of;
    all.add(this);
    if (over) {
      all.remove(this);
    }
  }

  String id() {
    return agent.peer();
  }

  Agent agent() {
    return agent;
  }

  /// Whether this is its address.
  boolean at(Way way, String room) {
    return this.way == way && agent.room().equals(room);
  }

  /// The strong entity tag of the ICE session (RFC 9110, section 8.8.3).
  synchronized String tag() {
    return "\"" + generation + "\"";
  }

  /// Whether credentials are those of the ICE session there is, as far as they say anything.
  synchronized boolean knows(String other) {
    return other == null || other.equals(ufrag);
  }

  /// ICE was restarted.
  ///
  /// @return the new entity tag
  synchronized String restarted(String by) {
    ufrag = by;
    generation++;
    return tag();
  }

  /// Ends it; does nothing the second time.
  void end() {
    all.remove(this);
    agent.leave();
  }

  @Override
  public void ended(Departure why) {
    over = true;
    if (agent != null) {
      all.remove(this);
    }
  }
}
