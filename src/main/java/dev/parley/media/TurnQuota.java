package dev.parley.media;

/// How much of the TURN server a user, a realm or the node may use at a time; 0 is no limit.
///
/// @param allocations allocations
/// @param ports relay ports, reserved ones included
/// @param bandwidth octets a second each way, reserved by each allocation
public record TurnQuota(int allocations, int ports, long bandwidth) {
  /// No limit at all.
  public static final TurnQuota NONE = new TurnQuota(0, 0, 0);
}
