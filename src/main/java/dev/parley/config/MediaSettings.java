package dev.parley.config;

import org.eclipse.microprofile.config.Config;

/// How much of the selective forwarding unit one participant and one room may use.
///
/// @param tracks a participant may publish at a time
/// @param streams SSRCs a participant may send at a time, layers and retransmissions included
/// @param bitrate a participant may send, in bits a second; 0 for no limit
/// @param subscriptions tracks a participant may receive at a time
/// @param roomPeers PeerConnections in a room
/// @param roomTracks tracks published in a room
/// @param spread PeerConnections of a room on one loop before others take more of them
/// @param lastN cameras at a time to a participant that does not say which it shows; 0 for all
/// @param audioN microphones of a room that are heard at a time; 0 for all
/// @param leastBitrate that the way to every client is taken to carry, in bits a second
/// @param data what data channels may carry
public record MediaSettings(
    int tracks,
    int streams,
    long bitrate,
    int subscriptions,
    int roomPeers,
    int roomTracks,
    int spread,
    int lastN,
    int audioN,
    int leastBitrate,
    Data data) {
  /// What data channels may carry.
  ///
  /// @param channels a participant may have open at a time
  /// @param octets a second from one participant
  /// @param messages a second from one participant
  /// @param roomOctets a second to one room from each loop
  public record Data(int channels, int octets, int messages, int roomOctets) {
    /// The longest message: less than that a second would let none pass.
    private static final int LEAST = 262_144;

    /// An int of octets a second is two gigabytes.
    private static final long MOST = 2_000_000_000;

    public Data {
      if (channels < 1 || messages < 1 || octets < LEAST || roomOctets < LEAST) {
        throw Key.MEDIA_LIMIT_DATA.refused("lets nothing pass");
      }
    }

    static Data read(Config config) {
      long[] amounts = amounts(Key.MEDIA_LIMIT_DATA, 4, config);
      return new Data(
          count(Key.MEDIA_LIMIT_DATA, amounts[0]),
          rate(amounts[1]),
          count(Key.MEDIA_LIMIT_DATA, amounts[2]),
          rate(amounts[3]));
    }

    private static int rate(long octets) {
      if (octets > MOST) {
        throw Key.MEDIA_LIMIT_DATA.refused("is more than " + MOST + " octets a second");
      }
      return (int) octets;
    }
  }

  public MediaSettings {
    if (tracks < 1 || streams < 1 || subscriptions < 1) {
      throw Key.MEDIA_LIMIT_PARTICIPANT.refused("leaves nothing to publish or to receive");
    }
    if (roomPeers < 1 || roomTracks < 1) {
      throw Key.MEDIA_LIMIT_ROOM.refused("leaves no room for anybody");
    }
    if (spread < 1) {
      throw Key.MEDIA_SPREAD.refused("must be 1 at least: " + spread);
    }
    if (lastN < 0) {
      throw Key.MEDIA_LAST_N.refused("must not be negative: " + lastN);
    }
    if (audioN < 0) {
      throw Key.MEDIA_AUDIO_N.refused("must not be negative: " + audioN);
    }
    if (leastBitrate < 10_000 || leastBitrate > 50_000_000) {
      throw Key.MEDIA_LEAST_BITRATE.refused("must be 10000 to 50000000: " + leastBitrate);
    }
  }

  public static MediaSettings read(Config config) {
    long[] one = amounts(Key.MEDIA_LIMIT_PARTICIPANT, 4, config);
    long[] room = amounts(Key.MEDIA_LIMIT_ROOM, 2, config);
    return new MediaSettings(
        count(Key.MEDIA_LIMIT_PARTICIPANT, one[0]),
        count(Key.MEDIA_LIMIT_PARTICIPANT, one[1]),
        one[2],
        count(Key.MEDIA_LIMIT_PARTICIPANT, one[3]),
        count(Key.MEDIA_LIMIT_ROOM, room[0]),
        count(Key.MEDIA_LIMIT_ROOM, room[1]),
        Key.MEDIA_SPREAD.number(config),
        Key.MEDIA_LAST_N.number(config),
        Key.MEDIA_AUDIO_N.number(config),
        Key.MEDIA_LEAST_BITRATE.number(config),
        Data.read(config));
  }

  private static long[] amounts(Key key, int number, Config config) {
    String[] parts = key.text(config).split("/", -1);
    if (parts.length != number) {
      throw key.refused("must be " + number + " whole numbers with slashes between them");
    }
    long[] amounts = new long[number];
    for (int i = 0; i < number; i++) {
      amounts[i] = TurnText.amount(key, parts[i].strip());
    }
    return amounts;
  }

  private static int count(Key key, long amount) {
    if (amount > 1_000_000) {
      throw key.refused("is larger than any machine");
    }
    return (int) amount;
  }
}
