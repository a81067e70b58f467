package dev.parley.engine.peer;

import dev.parley.media.ChannelForm;
import dev.parley.media.DataMessage;

/// The data channels at the server's end of one PeerConnection (RFC 8831), as a room works them.
/// Confined to the peer's loop; after the peer has closed nothing happens any more.
public interface DataEnd {
  /// Opens a channel as soon as there is an association, unless one with this label is open or
  /// asked for; [DataSide#opened] or [DataSide#closed] answers.
  void open(ChannelForm form, long now);

  /// Closes the channels with a label.
  void close(String label, long now);

  /// Sends one message on the channel with its label; it leaves with [#flush].
  DataVerdict send(DataMessage message, long now);

  /// Takes no data from the client for a while, so that its association's window closes, or goes
  /// on.
  void hold(boolean held, long now);

  /// The end of a turn: what waited for it leaves.
  void flush(long now);
}
