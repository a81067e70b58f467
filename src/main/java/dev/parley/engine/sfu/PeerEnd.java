package dev.parley.engine.sfu;

import dev.parley.engine.peer.DataEnd;
import dev.parley.engine.peer.PeerReadings;
import dev.parley.media.PeerPolicy;
import dev.parley.media.SdpType;
import dev.parley.media.SourceView;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.wire.FiveTuple;
import java.util.List;

/// What a room orders of one server end of a PeerConnection; answers come by
/// [dev.parley.engine.peer.PeerSide]. Confined to the loop.
interface PeerEnd {
  /// Whoever makes one.
  interface Maker {
    PeerEnd make(Member member, PeerPolicy policy, long now);

    /// The member is gone for good.
    void gone(Member member);
  }

  void receive(byte[] octets, int at, int length, FiveTuple path, long now);

  void closed(FiveTuple path, long now);

  void describe(long number, SdpType type, String sdp, List<SourceView> sources, long now);

  void restartIce(long number, String ufrag, String password, long now);

  void offerIceRestart(long now);

  void want(List<Outgoing> tracks, long now);

  void policy(PeerPolicy policy, long now);

  void unpublish(String mid, long now);

  /// Its data channels.
  DataEnd data();

  /// Asks the client for a key frame of one of its streams.
  void requestKeyFrame(Layer layer, long now);

  /// What the path to the client carries, in bits a second; negative where nothing is known.
  long estimate();

  /// The same without what is left out for a moment to empty a queue on the way.
  long lasting();

  /// How its path and its streams do.
  PeerReadings readings();

  /// How much there would be to send at most, in bits a second.
  void useful(long bitsPerSecond, long now);

  void tick(long now);

  long deadline();

  void close(String reason, long now);
}
