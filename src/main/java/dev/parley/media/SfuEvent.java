package dev.parley.media;

import java.util.List;

/// What the selective forwarding unit tells: facts, told on the room's loop; whoever takes them
/// returns quickly.
public sealed interface SfuEvent extends MediaEvent {
  /// The room's name.
  String room();

  /// The server's description for a client.
  ///
  /// @param number of an answer: that of the client's offer; of an offer: the server's own
  record Described(String room, String peer, long number, SdpType type, String sdp)
      implements SfuEvent {
    /// Without the text, which holds ICE passwords.
    @Override
    public String toString() {
      return "Described[" + room + ", " + peer + ", " + number + ", " + type + "]";
    }
  }

  /// A description, an ICE restart or the peer itself was refused; what stood before still stands.
  ///
  /// @param number of the command; 0 where it had none
  /// @param detail a sentence for the developer, in our own words
  record DescriptionRefused(String room, String peer, long number, SfuRefusal reason, String detail)
      implements SfuEvent {}

  /// The server's new ICE credentials.
  ///
  /// @param fragment `application/trickle-ice-sdpfrag` (RFC 8840) with the server's credentials and
  ///   candidates
  record IceRestarted(String room, String peer, long number, String fragment) implements SfuEvent {
    /// Nothing secret.
    @Override
    public String toString() {
      return "IceRestarted[" + room + ", " + peer + ", " + number + "]";
    }
  }

  /// How far a peer is; CLOSED comes last and once, whoever ended it.
  ///
  /// @param reason a word for the developer: `left`, `closed`, `consent`, `timeout`, `dtls`,
  ///   `limit`, `failed`; or null
  record PeerChanged(String room, String peer, PeerState state, String reason)
      implements SfuEvent {}

  /// A peer has tracks for its client that no section is there for: the client is to add so many
  /// and to offer; with none missing, only to offer.
  record SectionsWanted(String room, String peer, int audio, int video) implements SfuEvent {}

  /// A track can be subscribed to from now on; to be told to those who are in the room.
  ///
  /// @param peer who publishes it
  /// @param mid of the section it is published in; names it for that peer, nobody else is told
  record TrackUp(String room, String peer, String mid, TrackView track) implements SfuEvent {}

  /// A track is muted or goes on, or its layers changed.
  record TrackChanged(String room, TrackView track) implements SfuEvent {}

  record TrackDown(String room, String participant, String track) implements SfuEvent {}

  /// A peer receives this track in this section from now on, or does not any more.
  ///
  /// @param mid of the section; null where the subscription ended
  record Subscribed(String room, String peer, String track, String mid) implements SfuEvent {}

  /// A subscription is held back although its receiver has use for it, or flows again.
  ///
  /// @param held why, or null: it flows
  record StreamStateChanged(String room, String peer, String track, HoldReason held)
      implements SfuEvent {
    /// Whether it flows.
    public boolean active() {
      return held == null;
    }
  }

  /// The loop that a peer is on has more or less to do: from now on it does without this.
  record Strained(String room, String peer, OverloadStep step) implements SfuEvent {}

  /// Which encodings of a track anybody has use for: its publisher may pause the others.
  ///
  /// @param peer who publishes it
  /// @param mid of the section it is published in
  /// @param rids wanted ones of a simulcast track; empty for one encoding, or where none is
  /// @param any whether anything of it is wanted
  record LayersWanted(
      String room, String peer, String track, String mid, List<String> rids, boolean any)
      implements SfuEvent {
    public LayersWanted {
      rids = List.copyOf(rids);
    }
  }

  /// Who speaks now, the loudest first; told when that changes, at most some three times a second.
  record Speaking(String room, List<SpeakerView> speakers) implements SfuEvent {
    public Speaking {
      speakers = List.copyOf(speakers);
    }
  }

  /// How good a participant's connection is: told when its class changes, or the score by 0.3 at
  /// least.
  ///
  /// @param peer which of its ends that is
  /// @param score 1.0 to 5.0
  record QualityChanged(String room, String peer, String participant, double score, Quality quality)
      implements SfuEvent {}

  /// A data channel is open, by whichever end.
  record ChannelOpened(String room, String peer, ChannelForm form) implements SfuEvent {}

  /// A data channel is open no longer, or could not be opened; a peer that is closed says so once
  /// for all.
  ///
  /// @param reason a word: `closed`; `slow`: the client took too little; `limit`: it has as many as
  ///   it may; `too-long`: it sent a message that is longer than any may be; `failed`
  record ChannelClosed(String room, String peer, String label, String reason) implements SfuEvent {}

  /// A message came on a data channel; those of one channel come in its order. Whoever takes it
  /// says so by [SfuCommand.DataTaken].
  record DataReceived(String room, String peer, DataMessage message) implements SfuEvent {}

  /// A peer of another loop is to be held back, or no longer: passed on as [SfuCommand.HoldData].
  record DataHeld(String room, String peer, String by, boolean held) implements SfuEvent {}

  /// The media of a room on one loop.
  ///
  /// @param question of the command
  record RoomDescribed(String room, long question, RoomMedia media) implements SfuEvent {}
}
