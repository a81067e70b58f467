package dev.parley.engine.sfu;

import dev.parley.engine.congestion.Bounds;

/// How much the rooms of one loop may use; what the participant behind a peer may stands in its
/// policy.
///
/// @param rooms at a time on this loop
/// @param peers at a time on this loop, over all rooms
/// @param peersPerRoom at a time
/// @param tracksPerRoom published at a time
/// @param repairOctets octets a second that retransmissions to one subscription may take
/// @param lastN cameras at a time to a member that has not said which it shows; 0 for all
/// @param audioN microphones of a room that are forwarded at a time; 0 for all
/// @param leastBitrate that the path to every client is taken to carry, bit/s
/// @param dataOctets octets a second of data messages sent to the members of one room
public record SfuSettings(
    int rooms,
    int peers,
    int peersPerRoom,
    int tracksPerRoom,
    int repairOctets,
    int lastN,
    int audioN,
    long leastBitrate,
    int dataOctets) {
  /// A gallery of five by five: more faces than that are seen by nobody.
  public static final int LAST_N = 25;

  /// Of more voices at once nobody understands any.
  public static final int AUDIO_N = 8;

  /// What a core sends of data to a room: half a gigabit. Above that its senders wait.
  public static final int DATA_OCTETS = 62_500_000;

  public SfuSettings {
    if (dataOctets < 1) {
      throw new IllegalArgumentException("no data for a room");
    }
    if (rooms < 1 || peers < 1 || peersPerRoom < 1 || tracksPerRoom < 1) {
      throw new IllegalArgumentException("an SFU that may have no room, peer or track");
    }
    if (repairOctets < 0) {
      throw new IllegalArgumentException("retransmissions of " + repairOctets + " octets a second");
    }
    if (lastN < 0 || audioN < 0) {
      throw new IllegalArgumentException("fewer than no videos or voices at a time");
    }
  }

  /// With as many videos and voices at a time as suit most.
  public SfuSettings(int rooms, int peers, int peersPerRoom, int tracksPerRoom, int repairOctets) {
    this(
        rooms,
        peers,
        peersPerRoom,
        tracksPerRoom,
        repairOctets,
        LAST_N,
        AUDIO_N,
        Bounds.DEFAULT.least(),
        DATA_OCTETS);
  }

  /// With other numbers of videos and voices at a time.
  public SfuSettings shown(int cameras, int microphones) {
    return new SfuSettings(
        rooms,
        peers,
        peersPerRoom,
        tracksPerRoom,
        repairOctets,
        cameras,
        microphones,
        leastBitrate,
        dataOctets);
  }

  /// With another rate that every path is taken to carry, bit/s.
  public SfuSettings carrying(long least) {
    return new SfuSettings(
        rooms, peers, peersPerRoom, tracksPerRoom, repairOctets, lastN, audioN, least, dataOctets);
  }

  /// With other octets a second of data to a room.
  public SfuSettings data(int octets) {
    return new SfuSettings(
        rooms,
        peers,
        peersPerRoom,
        tracksPerRoom,
        repairOctets,
        lastN,
        audioN,
        leastBitrate,
        octets);
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
