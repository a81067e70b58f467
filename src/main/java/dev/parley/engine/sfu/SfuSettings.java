package dev.parley.engine.sfu;

/// How much the rooms of one loop may use; what the participant behind a peer may stands in its
/// policy.
///
/// @param rooms at a time on this loop
/// @param peers at a time on this loop, over all rooms
/// @param peersPerRoom at a time
/// @param tracksPerRoom published at a time
/// @param repairOctets octets a second that retransmissions to one subscription may take
public record SfuSettings(
    int rooms, int peers, int peersPerRoom, int tracksPerRoom, int repairOctets) {
  public SfuSettings {
    if (rooms < 1 || peers < 1 || peersPerRoom < 1 || tracksPerRoom < 1) {
      throw new IllegalArgumentException("an SFU that may have no room, peer or track");
    }
    if (repairOctets < 0) {
      throw new IllegalArgumentException("retransmissions of " + repairOctets + " octets a second");
    }
  }

  public static SfuSettings defaults() {
    return room(2_000, 1_000);
  }

  /// With these limits of a room. Of rooms and peers a loop may have more than a core can carry:
  /// load is limited elsewhere, this keeps a flood from the memory.
  public static SfuSettings room(int peers, int tracks) {
    return new SfuSettings(2_000, 10_000, peers, tracks, 500_000);
  }
}
