package dev.parley.engine.turn;

import dev.parley.media.TurnPolicy;

/// What users, realms and the node have in use, over all loops.
///
/// Reserve first, then confirm or release: between the two the reservation counts, so a burst of
/// concurrent requests cannot overrun a limit.
public interface Quotas {
  /// Takes one allocation with its ports and bandwidth, or says what is short.
  ///
  /// @param ports relay ports it needs, 1 to 4
  Answer reserve(String realm, String user, int ports, long bandwidth);

  /// Holds other limits from now on; what is in use stays in use. Every loop may say it.
  void follow(TurnPolicy policy);

  /// Whether a reservation was made.
  sealed interface Answer {}

  /// It was; give it back once, and only once.
  non-sealed interface Reservation extends Answer {
    /// What was reserved is in use.
    void confirm();

    /// What was reserved or confirmed is free again; more calls do nothing.
    void release();

    /// Gives back some of the ports, as of a reservation token that nobody redeemed.
    void releasePorts(int count);
  }

  /// It was not.
  enum Short implements Answer {
    /// A limit of the user: 486 (Allocation Quota Reached).
    USER,
    /// A limit of the realm or the node: 508 (Insufficient Capacity).
    CAPACITY
  }
}
