package dev.parley.engine.peer;

import dev.parley.media.ChannelForm;
import dev.parley.media.DataMessage;

/// Whom a [Peer] tells what happens on its data channels; called as [PeerSide] is.
public interface DataSide {
  /// Nobody: what comes is dropped.
  DataSide NONE = new DataSide() {};

  /// A data channel is open, by whichever end.
  default void opened(ChannelForm form) {}

  /// No channel with that label is open any more, or it could not be opened.
  ///
  /// @param reason a word: `closed`, `slow`, `limit`, `too-long`, `failed`
  default void closed(String label, String reason) {}

  /// A message came.
  default void received(DataMessage message) {}

  /// After [DataVerdict#CROWDED]: more may be sent on all channels.
  default void relieved() {}
}
