package dev.parley.door.rest;

import dev.parley.config.LiveTurnSettings;
import dev.parley.media.AllocationView;
import java.util.List;
import java.util.Optional;

/// The TURN server of this node as administrators work it; boot, which sees both halves, implements
/// it. Calls wait for the event loops, a few seconds at most.
public interface TurnDesk {
  /// Allocations of all loops.
  ///
  /// @param allocations not more than were asked for
  /// @param total how many there are
  record Listing(List<AllocationView> allocations, int total) {
    public Listing {
      allocations = List.copyOf(allocations);
    }
  }

  /// One attempt of the self-test.
  ///
  /// @param name what was tried
  /// @param expected what a safe server answers
  /// @param got what this one did
  record Check(String name, String expected, String got, boolean passed) {}

  /// The allocations, the longest-lived of each loop first.
  Listing allocations(int most);

  Optional<AllocationView> allocation(String id);

  /// Ends an allocation.
  ///
  /// @param by who does it, for the log
  /// @return whether there was one
  boolean end(String id, String by);

  /// Whether no new allocations are made.
  boolean draining();

  /// Makes no new allocations, or makes them again; those there are live on. Forgotten at a
  /// restart.
  void drain(boolean draining, String by);

  /// Reads secrets and rules from the settings again.
  ///
  /// @throws IllegalArgumentException where they are refused; the old ones hold on
  LiveTurnSettings.Reload reload(String by);

  /// `stun:` URIs for a client that reached this server by a name.
  List<String> stunUris(String host);

  /// `turn:` and `turns:` URIs for such a client.
  List<String> turnUris(String host);

  /// Tries, as a real client, what must not work and what must.
  List<Check> selfTest();
}
