package dev.parley.adapter.relay;

import dev.parley.adapter.io.StreamSocket;
import dev.parley.wire.Transport;
import java.io.IOException;

/// One direction of a [TcpBridge]: reads only while all that was read before has been written.
///
/// What the other end's kernel does not take is kept here: at most one read. The array is made at
/// the first such moment and kept; a bridge that never has to wait owns no buffer.
final class TcpFlow {
  /// A connection that always has more lets the others have their turn after so many reads. One of
  /// TLS is read until it is empty: its layer may hold octets that no readiness tells of.
  private static final int ROUNDS = 8;

  private static final byte[] NOTHING = {};

  private final StreamSocket from;
  private final StreamSocket to;
  private final byte[] scratch;
  private byte[] waiting = NOTHING;
  private int waitingFrom;
  private int waitingTo;
  private boolean ended;
  private boolean endPassed;

  /// @param scratch the loop's, used within each call only
  TcpFlow(StreamSocket from, StreamSocket to, byte[] scratch) {
    this.from = from;
    this.to = to;
    this.scratch = scratch;
  }

  /// Whether octets wait for the other end.
  boolean blocked() {
    return waitingFrom < waitingTo;
  }

  /// Whether more is to be read now.
  boolean reading() {
    return !ended && !blocked();
  }

  /// Whether its end has been passed on.
  boolean finished() {
    return endPassed;
  }

  /// Passes on what there is to read.
  ///
  /// @return false where the end cannot be passed on but by ending the bridge
  boolean read() throws IOException {
    boolean all = from.path().transport() == Transport.TLS;
    for (int i = 0; reading() && (all || i < ROUNDS); i++) {
      int taken = from.read(scratch, 0, scratch.length);
      if (taken == 0) {
        return true;
      }
      if (taken < 0) {
        ended = true;
      } else {
        pass(scratch, 0, taken);
      }
    }
    return passEnd();
  }

  /// Passes octets on, which have been read elsewhere.
  void pass(byte[] octets, int at, int length) throws IOException {
    int given = 0;
    if (!blocked()) {
      given = give(octets, at, length);
    }
    if (given < length) {
      keep(octets, at + given, length - given);
    }
  }

  /// Writes what waits, then reads on.
  boolean write() throws IOException {
    waitingFrom += give(waiting, waitingFrom, waitingTo - waitingFrom);
    return blocked() || (ended ? passEnd() : read());
  }

  private int give(byte[] octets, int at, int length) throws IOException {
    int given = 0;
    while (given < length) {
      int taken = to.write(octets, at + given, length - given);
      if (taken == 0) {
        break;
      }
      given += taken;
    }
    return given;
  }

  private void keep(byte[] octets, int at, int length) {
    int held = waitingTo - waitingFrom;
    byte[] room = held + length <= waiting.length ? waiting : new byte[held + length];
    System.arraycopy(waiting, waitingFrom, room, 0, held);
    System.arraycopy(octets, at, room, held, length);
    waiting = room;
    waitingFrom = 0;
    waitingTo = held + length;
  }

  private boolean passEnd() throws IOException {
    if (ended && !blocked() && !endPassed) {
      endPassed = true;
      return to.endOutput();
    }
    return true;
  }
}
