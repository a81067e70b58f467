package dev.parley.engine.peer;

import dev.parley.media.PeerPolicy;
import dev.parley.media.SdpType;
import dev.parley.media.SourceView;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.wire.FiveTuple;
import java.util.List;

/// The server's end of one PeerConnection: ICE, DTLS, SRTP, RTCP and negotiation wired together.
///
/// Confined to the loop of its room. Times are nanoseconds of one monotonic clock, compared by
/// subtraction. After it has closed, every input is ignored.
public final class Peer {
  /// @param id unique on this node for ever
  /// @param kit of the loop
  /// @param side hears what happens
  public Peer(String id, PeerKit kit, PeerPolicy policy, PeerSide side, long now) {}

  public String id() {
    return null;
  }

  /// Takes one message of a path that was [PeerNotes#routed] here, or a STUN message whose user
  /// name fragment the directory knows to be this peer's.
  ///
  /// @param octets valid during the call only; on streams without the length before the message
  public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {}

  /// The client's description: an offer is answered or refused, an answer refused or taken without
  /// a word.
  ///
  /// @param number of an offer: the client's own, rising; of an answer: that of the server's offer
  /// @param sources what the sections of an offer are, for those that have one
  public void describe(long number, SdpType type, String sdp, List<SourceView> sources, long now) {}

  /// New ICE credentials of the client outside of a description (RFC 9725, section 4.3.3);
  /// [PeerSide#iceRestarted] or [PeerSide#refused] answers.
  ///
  /// @param ufrag null where the client keeps its own and asks for new ones of the server
  public void restartIce(long number, String ufrag, String password, long now) {}

  /// Asks the client for an ICE restart by an offer.
  public void offerIceRestart(long now) {}

  /// Says which tracks the client is to receive from now on, in the order sections are filled; an
  /// offer follows where one is needed and none is out.
  public void want(List<Outgoing> tracks, long now) {}

  /// The participant may do this from now on.
  public void policy(PeerPolicy policy, long now) {}

  /// Ends what the client publishes in a section, although the section still stands, until the
  /// client stops sending there and begins anew.
  public void unpublish(String mid, long now) {}

  /// Asks the client for a key frame of an incoming stream, at once (RFC 4585, section 6.3.1).
  public void requestKeyFrame(int ssrc, long now) {}

  /// A stream connection has ended.
  public void closed(FiveTuple path, long now) {}

  /// Time has reached [#deadline()]; may be called early or late.
  public void tick(long now) {}

  /// When it next wants to be ticked, or [dev.parley.engine.Engine#NEVER]; cheap to ask after every
  /// input.
  public long deadline() {
    return dev.parley.engine.Engine.NEVER;
  }

  /// Ends the connection with all that belongs to it; [PeerSide#changed] tells.
  ///
  /// @param reason a word for the developer
  public void close(String reason, long now) {}
}
