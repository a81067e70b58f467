package dev.parley.engine.cascade;

import dev.parley.engine.sfu.PublisherClock;

/// A peer on another branch of a room that publishes.
///
/// @param clock of all its tracks
record FarPublisher(String id, String participant, String cname, PublisherClock clock) {
  FarPublisher(String id, String participant, String cname) {
    this(id, participant, cname, new PublisherClock());
  }
}
