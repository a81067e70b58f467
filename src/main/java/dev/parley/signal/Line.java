package dev.parley.signal;

/// One socket as signaling sees it; a door implements it. All methods return at once. [#send] and
/// [#close] are called in order and may only queue; [#flush] follows when no lock is held.
public interface Line {
  /// Queues a notice.
  ///
  /// @param seq its number, or 0 for one that has none
  /// @return false where the queue is full: nothing was queued, the line is to be closed
  boolean send(Notice notice, long seq);

  /// Ends the line once what is queued before has gone; at once for [CloseReason#SLOW].
  void close(CloseReason reason);

  /// Queues a sign of life the peer must answer, which the door then reports as heard.
  default void probe() {}

  /// Starts to send what is queued.
  default void flush() {}
}
