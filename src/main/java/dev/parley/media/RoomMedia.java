package dev.parley.media;

import java.util.List;

/// The media of one room at one moment: who is connected, what comes, and what each receiver is
/// sent of that and why.
///
/// What is not known is null; rates are bits a second, times milliseconds, shares 0 to 1. Nothing
/// in it says from where anybody comes.
public record RoomMedia(List<Peer> peers, List<Track> tracks, List<Subscription> subscriptions) {
  /// Of a room without media.
  public static final RoomMedia NONE = new RoomMedia(List.of(), List.of(), List.of());

  public RoomMedia {
    peers = List.copyOf(peers);
    tracks = List.copyOf(tracks);
    subscriptions = List.copyOf(subscriptions);
  }

  /// The server's end of one PeerConnection.
  ///
  /// @param state `connecting`, `connected`, `quiet`
  /// @param roundTrip to the client and back
  /// @param estimate what the way to the client is taken to carry
  /// @param queueDelay what packets wait on that way
  /// @param score 1.0 to 5.0
  /// @param quality `excellent`, `good`, `poor`, `lost`
  /// @param lossSent share lost of what the client sends, before repair, over some seconds
  /// @param lossReceived share lost of what it is sent, likewise
  public record Peer(
      String id,
      String participant,
      String state,
      Double roundTrip,
      Long estimate,
      Double queueDelay,
      Double score,
      String quality,
      Double lossSent,
      Double lossReceived) {}

  /// A published track.
  ///
  /// @param peer who publishes it
  /// @param source what the publisher says it is
  /// @param kind `audio`, `video`
  /// @param layers the encodings that were heard, the best last
  public record Track(
      String id,
      String peer,
      String participant,
      String source,
      String kind,
      String codec,
      boolean muted,
      boolean encrypted,
      List<Layer> layers) {
    public Track {
      layers = List.copyOf(layers);
    }
  }

  /// One encoding of a track.
  ///
  /// @param rid null where there is but one
  /// @param live whether it comes by now
  /// @param frameRate of video, pictures a second
  /// @param width of video, pixels, where the stream tells
  /// @param height likewise
  /// @param packets that arrived, without retransmissions
  /// @param lost of those expected, before repair
  /// @param jitter of arrivals (RFC 3550, section 6.4.1)
  /// @param keyFramesAsked of the publisher
  public record Layer(
      String rid,
      boolean live,
      long bitrate,
      Double frameRate,
      Integer width,
      Integer height,
      Long packets,
      Long lost,
      Double jitter,
      long keyFramesAsked) {}

  /// What one peer is sent of one track.
  ///
  /// @param mid of the section it is sent in
  /// @param why what is sent, or why nothing is: `running`, `waiting-for-key-frame`,
  ///   `held-back-for-bandwidth`, `held-back-for-overload`, `others-spoke-later` (last-N),
  ///   `others-are-louder`, `paused-by-receiver`, `not-visible`, `muted`, `no-layer`,
  ///   `not-negotiated`
  /// @param layer the `rid` of what is sent
  /// @param spatial the highest spatial layer sent; null for all there are
  /// @param temporal likewise
  /// @param target the `rid` of the encoding whose key frame it waits for
  /// @param shown what the receiver says it shows
  /// @param useful rate of the best it has use for
  /// @param granted rate of what it has been granted
  /// @param bitrate sent, over some seconds
  /// @param packets sent, modulo 2^32
  /// @param octets of payload sent, modulo 2^32
  /// @param repairs packets sent once more
  /// @param loss share lost, as the receiver's last report has it
  public record Subscription(
      String peer,
      String track,
      String mid,
      String why,
      String layer,
      Integer spatial,
      Integer temporal,
      String target,
      Shown shown,
      Long useful,
      Long granted,
      long bitrate,
      long packets,
      long octets,
      long repairs,
      Double loss) {}

  /// What a receiver shows of a track.
  ///
  /// @param framesPerSecond 0 for as many as there are
  public record Shown(int width, int height, int framesPerSecond, int priority) {}
}
