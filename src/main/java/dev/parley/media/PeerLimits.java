package dev.parley.media;

/// How much the client behind a peer may use; each refused by its own [SfuRefusal].
///
/// @param tracks published at a time
/// @param streams SSRCs received at a time, layers and retransmissions included
/// @param bitrate received, in bits a second, over all its streams; 0 for no limit
/// @param subscriptions at a time; further tracks are not subscribed automatically
/// @param data of data channels
public record PeerLimits(
    int tracks, int streams, long bitrate, int subscriptions, DataLimits data) {
  /// With the usual data channels.
  public PeerLimits(int tracks, int streams, long bitrate, int subscriptions) {
    this(tracks, streams, bitrate, subscriptions, DataLimits.defaults());
  }

  /// Room for a person with camera, microphone and shared screen, three layers each, and to spare;
  /// who receives camera and microphone of 150 people and some screens.
  public static PeerLimits defaults() {
    return new PeerLimits(8, 48, 12_000_000, 392);
  }
}
