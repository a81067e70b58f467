package dev.parley.signal;

import dev.parley.room.RoomChange;

/// What a client asks for. A `ref` is the client's own mark of a request in the door's spelling, or
/// null; the answer carries it back. Optional members that were not given are null.
public sealed interface Request {
  String ref();

  /// First message: in with the newcomer.
  ///
  /// @param token an access token, or null
  record Join(String ref, String token, String name, Boolean audio, Boolean video, String metadata)
      implements Request {
    /// Leaves out the token, which must not reach a log.
    @Override
    public String toString() {
      return "Join[" + (token == null ? "guest" : "token") + "]";
    }
  }

  /// First message on a new socket: go on with a session whose socket was lost.
  ///
  /// @param session the secret of `joined`
  /// @param seen the last `seq` the client has seen
  record Resume(String ref, String session, long seen) implements Request {
    @Override
    public String toString() {
      return "Resume[" + seen + "]";
    }
  }

  /// An offer, answer or candidate for one other participant.
  ///
  /// @param to the participant's id, or null for the only other one (classic)
  /// @param body the `sdp` or `candidate` as it was sent, in the door's spelling; null for a
  ///   good-bye
  /// @param whole the whole message as it was sent where a classic twin must get it unchanged, or
  ///   null
  record Relay(String ref, RelayKind kind, String to, String body, String whole)
      implements Request {}

  record Update(
      String ref,
      String name,
      Boolean audio,
      Boolean video,
      Boolean screen,
      Boolean hand,
      String metadata)
      implements Request {}

  record Leave(String ref) implements Request {}

  /// @param seen the last `seq` the client has seen, or -1
  record Ping(String ref, long seen) implements Request {}

  /// @param reason a few words for the one who is removed, or null
  record Remove(String ref, String participant, String reason) implements Request {}

  record Mute(String ref, String participant, Medium kind) implements Request {}

  record Lock(String ref, boolean locked) implements Request {}

  record Admit(String ref, String participant) implements Request {}

  record Deny(String ref, String participant) implements Request {}

  record Configure(String ref, RoomChange change) implements Request {}

  /// What the door could not read as any of the others.
  ///
  /// @param message what was wrong, in our own words: never the input's
  /// @param fatal whether it was not of this protocol at all, so that the line is closed
  record Unreadable(String ref, String message, boolean fatal) implements Request {}
}
