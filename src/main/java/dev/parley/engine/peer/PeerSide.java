package dev.parley.engine.peer;

import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuRefusal;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Outgoing;
import java.util.List;

/// Whom a [Peer] tells what happens at its end of the PeerConnection: the router of its room.
///
/// Called on the loop, from inside the peer's inputs, after the peer itself has taken note: calling
/// back into it is safe, closing it included.
public interface PeerSide {
  /// The client offers sections that it only receives in, and may never be offered anything itself:
  /// asked before that is answered.
  ///
  /// @param kinds one for each section that there is nothing for yet, in their order
  /// @return all that is wanted from now on, as [Peer#want] takes it; tracks may come to them later
  List<Outgoing> hold(List<Kind> kinds);

  /// The client, who alone offers, is to make an offer.
  ///
  /// @param audio sections that it has to add for that
  /// @param video likewise
  default void needed(int audio, int video) {}

  /// The server's answer to offer `number` of the client, or its own offer `number`.
  void described(long number, SdpType type, String sdp);

  /// A description or ICE restart was refused; nothing has changed.
  void refused(long number, SfuRefusal reason, String detail);

  /// New ICE credentials of the server, as `application/trickle-ice-sdpfrag` (RFC 8840).
  void iceRestarted(long number, String fragment);

  /// How far it is; CLOSED comes once and last.
  ///
  /// @param reason a word: `consent`, `dtls`, `timeout`, `limit`, `failed` …; or null
  void changed(PeerState state, String reason);

  /// The client publishes in a section, or goes on to with other codecs or layers.
  void published(Publication publication);

  /// The client does not publish in that section any more; its streams have ended.
  void unpublished(String mid);

  /// A new RtpStream of a section was heard and authenticated.
  ///
  /// @param rid the layer's name, or null where the section has one encoding
  /// @param codec what its first packet is of
  /// @return where its packets go; null drops this SSRC for as long as the peer lives
  RtpSink stream(Publication publication, String rid, int ssrc, Codec codec);

  /// An outgoing track may be sent from now on, or with other payload types than before.
  void sending(Sender sender);

  /// The path to the client carries more or less than it did: told where that is 3 % or more, and
  /// of less every half second at most.
  ///
  /// @param bitsPerSecond of RTP packets, headers included
  default void estimated(long bitsPerSecond) {}

  /// Whom it tells what happens on its data channels.
  default DataSide data() {
    return DataSide.NONE;
  }

  /// An outgoing track may not be sent (any more): it is wanted no longer, or the client declined
  /// it.
  void stopped(Sender sender);
}
