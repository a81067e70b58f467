package dev.parley.signal;

import dev.parley.media.DataMessage;

/// How a door spells what participants' applications say to each other on the data channels of its
/// clients. It translates and decides nothing; any thread may use it.
public interface DataForm {
  /// The label of its clients' reliable channel, or of the lossy one.
  String label(boolean lossy);

  /// Reads a message that came on one of these channels.
  ///
  /// @return what is wanted, or null where that is no message to participants
  Request.Data read(DataMessage message);

  /// Spells one for a client, or null where this form cannot say it.
  DataMessage write(Notice.Data data);

  /// Spells one for a client, where the form names the sender.
  ///
  /// @param from the sender, or null for the server itself
  default DataMessage write(Notice.Data data, ParticipantView from) {
    return write(data);
  }

  /// Whether its lines tell [Notice.Data] too; where not, whoever has no channel open gets nothing.
  boolean lines();
}
