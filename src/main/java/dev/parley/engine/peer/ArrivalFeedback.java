package dev.parley.engine.peer;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.rtcp.TransportFeedbackWriter;
import dev.parley.protocol.rtp.ExtensionValues;
import dev.parley.protocol.rtp.HeaderExtensions;

/// When packets of the client arrived, for transport-wide congestion control feedback: what makes a
/// browser send more. Confined to the peer's loop.
final class ArrivalFeedback {
  /// Between feedbacks while packets arrive: half of what browsers wait for, at a cost of 1 %.
  private static final long EVERY = 75_000_000L;

  /// Packets remembered: three seconds of five megabits, or a burst.
  private static final int CAPACITY = 2048;

  private TransportFeedbackWriter writer;
  private int id;
  private long deadline = Engine.NEVER;

  /// The header extension's id, 0 for none.
  void id(int agreed) {
    id = agreed;
  }

  /// Notes an authentic packet; hot.
  void arrived(byte[] octets, int at, int header, long now) {
    int value = id == 0 ? HeaderExtensions.NONE : HeaderExtensions.find(octets, at, header, id);
    if (value == HeaderExtensions.NONE) {
      return;
    }
    int length = HeaderExtensions.length(octets, at, value);
    int sequence = ExtensionValues.transportSequence(octets, value, length);
    if (sequence != ExtensionValues.NONE) {
      note(sequence, now);
    }
  }

  private void note(int sequence, long now) {
    if (writer == null) {
      writer = new TransportFeedbackWriter(CAPACITY);
    }
    if (writer.arrivals().arrived(sequence, now) && deadline == Engine.NEVER) {
      deadline = Deadline.at(now + EVERY);
    }
  }

  /// Appends what is pending; false where there is nothing, or no room.
  boolean write(RtcpWriter into, int sender, int media) {
    deadline = Engine.NEVER;
    return writer != null && writer.write(into, sender, media);
  }

  long deadline() {
    return deadline;
  }
}
