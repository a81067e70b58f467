package dev.parley.identity;

/// The allocations that live right now, as far as identity must reach them; boot, which sees both
/// halves, implements it.
@FunctionalInterface
public interface LiveTurn {
  /// Takes credentials back on every loop and ends their allocations.
  ///
  /// @return how many allocations ended, as far as the loops said so in time
  int revoke(TurnRevocationView revocation);
}
