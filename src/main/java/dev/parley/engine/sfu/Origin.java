package dev.parley.engine.sfu;

import dev.parley.media.SfuEvent;

/// Who publishes a [PublishedTrack]: a [Member] here, or a peer on another branch of the room.
/// Confined to the loop.
public interface Origin {
  /// The peer's id.
  String id();

  String participant();

  /// What synchronises the tracks of this publisher (RFC 3550, section 6.5.1).
  String cname();

  /// How far the publisher's clock is from ours.
  PublisherClock clock();

  /// Asks for a key frame of one stream.
  ///
  /// @param newcomer whether somebody sees nothing yet and cannot wait
  void requestKeyFrame(Layer layer, boolean newcomer, long now);

  /// Which encodings of a track anybody here has use for.
  void wanted(SfuEvent.LayersWanted news);
}
