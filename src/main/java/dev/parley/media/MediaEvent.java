package dev.parley.media;

/// What the media half tells the enterprise half: facts, never questions.
public sealed interface MediaEvent {
  /// A listener is bound and served by a loop.
  ///
  /// @param transport `udp` or `tcp`
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
}
