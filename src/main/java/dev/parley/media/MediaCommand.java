package dev.parley.media;

/// What the enterprise half orders of the media half; an event loop takes it from its mailbox.
public sealed interface MediaCommand {
  /// Finish what is at hand, send what is queued, close every socket, end the loop.
  record Stop() implements MediaCommand {}
}
