package dev.parley.media;

import java.util.List;

/// What the media half tells the enterprise half: facts, never questions.
public sealed interface MediaEvent
    permits MediaEvent.ListenerUp,
        MediaEvent.ListenerFailed,
        MediaEvent.LoopEnded,
        MediaEvent.TurnKeyWanted,
        MediaEvent.Allocations,
        MediaEvent.AllocationsEnded,
        MediaEvent.Overload,
        SfuEvent {
  /// A listener is bound and served by a loop.
  ///
  /// @param transport `udp`, `tcp`, `tls` or `dtls`
  /// @param host the numeric address it is bound to
  record ListenerUp(int loop, String transport, String host, int port) implements MediaEvent {}

  /// A listener could not be bound; the others go on.
  ///
  /// @param reason the system's words, for the administrator
  record ListenerFailed(int loop, String transport, String host, int port, String reason)
      implements MediaEvent {}

  /// A loop has ended.
  ///
  /// @param failure what ended it, or null where it was told to stop
  record LoopEnded(int loop, String failure) implements MediaEvent {}

  /// A client claims to be a user whose key no loop can compute; [MediaCommand.TurnKey] tells it.
  ///
  /// @param question names the answer
  /// @param username as claimed, or null where only its hash is known
  /// @param userhash SHA-256(username ":" realm) of RFC 8489, section 14.4, or null
  record TurnKeyWanted(int loop, long question, String realm, String username, byte[] userhash)
      implements MediaEvent {}

  /// The allocations of one loop.
  ///
  /// @param total how many there are, where not all are listed
  record Allocations(int loop, long question, List<AllocationView> allocations, int total)
      implements MediaEvent {}

  /// So many allocations of one loop were ended as ordered.
  record AllocationsEnded(int loop, long question, int count) implements MediaEvent {}

  /// A loop has too much to do, or no longer: from now on it does without this.
  record Overload(int loop, OverloadStep step) implements MediaEvent {}
}
