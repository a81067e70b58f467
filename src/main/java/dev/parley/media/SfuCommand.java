package dev.parley.media;

import java.util.List;

/// What the enterprise half orders of the selective forwarding unit (RFC 7667, section 3.7). Every
/// command names the room; commands for one peer keep their order.
///
/// A *peer* is the server's end of one PeerConnection and belongs to a *participant*, who may have
/// several. Orders for a room or peer that is not there (any more) are dropped without a word:
/// their owner has been told, or has closed it himself.
public sealed interface SfuCommand extends MediaCommand {
  /// The room's name.
  String room();

  /// Have an end for a PeerConnection of a participant; the room's router is made with the first.
  ///
  /// @param peer unique on this node for ever
  /// @param participant whose tracks these will be; the `msid` stream others get
  record OpenPeer(String room, String peer, String participant, PeerPolicy policy)
      implements SfuCommand {}

  /// The participant may do this from now on; what it may no longer is ended.
  record ChangePolicy(String room, String peer, PeerPolicy policy) implements SfuCommand {}

  /// End the peer with all its tracks and subscriptions; answered by [SfuEvent.PeerChanged] as
  /// CLOSED.
  record ClosePeer(String room, String peer) implements SfuCommand {}

  /// End the room with all its peers.
  record CloseRoom(String room) implements SfuCommand {}

  /// The client's description; an offer is answered by [SfuEvent.Described] or
  /// [SfuEvent.DescriptionRefused].
  ///
  /// @param number of an offer: the client's own, which the answer carries back; of an answer: that
  ///   of the server's offer
  /// @param sources what the sections of an offer are, for those that have one
  record Describe(
      String room, String peer, long number, SdpType type, String sdp, List<SourceView> sources)
      implements SfuCommand {
    public Describe {
      sources = List.copyOf(sources);
    }

    /// Without the text, which holds the client's addresses.
    @Override
    public String toString() {
      return "Describe[" + room + ", " + peer + ", " + number + ", " + type + "]";
    }
  }

  /// New ICE credentials of the client outside of a description (RFC 9725, section 4.3.3); answered
  /// by [SfuEvent.IceRestarted] or [SfuEvent.DescriptionRefused].
  ///
  /// @param ufrag null where the client only asks for new ones of the server
  record RestartIce(String room, String peer, long number, String ufrag, String password)
      implements SfuCommand {
    /// Nothing secret.
    @Override
    public String toString() {
      return "RestartIce[" + room + ", " + peer + ", " + number + "]";
    }
  }

  /// Offer the client new ICE credentials, since it has lost its way or may have; answered by
  /// [SfuEvent.Described].
  record OfferIceRestart(String room, String peer) implements SfuCommand {}

  /// End a track of this participant although its section still stands.
  record Unpublish(String room, String participant, String track) implements SfuCommand {}

  /// Send nothing of a track to anybody, or send again; tracks know it as muted.
  record MuteTrack(String room, String track, boolean muted) implements SfuCommand {}

  /// Let a peer have a track, or take it away; a new offer follows where one is needed.
  record Subscribe(String room, String peer, String track, boolean wanted) implements SfuCommand {}

  /// Send nothing of a track to this peer for a while, its section staying as it is.
  record Pause(String room, String peer, String track, boolean paused) implements SfuCommand {}

  /// What a peer shows of a video track from now on; until it says so it is sent the best there is
  /// room for.
  record Prefer(String room, String peer, String track, Preference preference)
      implements SfuCommand {}

  /// Open a data channel to the client as soon as there is an association; answered by
  /// [SfuEvent.ChannelOpened], or by [SfuEvent.ChannelClosed] where it cannot be. Where one with
  /// this label is open or asked for already, nothing happens.
  record OpenChannel(String room, String peer, ChannelForm form) implements SfuCommand {}

  /// Close the data channels of a peer with this label; answered by [SfuEvent.ChannelClosed].
  record CloseChannel(String room, String peer, String label) implements SfuCommand {}

  /// Send a message to all these peers, each on its channel with the message's label. Who has none
  /// open gets nothing; who is too slow for a lossy channel loses it, for a reliable one it holds
  /// back whom the messages come from, and loses the channel where it takes nothing for long.
  ///
  /// @param from the peer whose message it is, or null
  record SendData(String room, String from, List<String> peers, DataMessage message)
      implements SfuCommand {
    public SendData {
      peers = List.copyOf(peers);
    }
  }

  /// Take nothing from a peer's data channels while one that its messages go to cannot follow:
  /// ordered between loops by whoever places peers.
  ///
  /// @param by the peer that cannot follow
  record HoldData(String room, String peer, String by, boolean held) implements SfuCommand {}

  /// A room has peers on these loops from now on: who joins on one of them meets those on the
  /// others. Ordered to each of them, and to one that has none any more, before what made it so.
  ///
  /// @param loop whom it is ordered to
  /// @param loops where the room has peers; without `loop` where it is to be forgotten there
  /// @param lead the one of them that tells what is told once for the whole room
  record Spread(String room, int loop, List<Integer> loops, int lead) implements SfuCommand {
    public Spread {
      loops = List.copyOf(loops);
    }
  }

  /// Describe the room's media on this loop, as nothing where it has none; answered by
  /// [SfuEvent.RoomDescribed].
  ///
  /// @param question names the answer
  record DescribeRoom(String room, long question) implements SfuCommand {}
}
