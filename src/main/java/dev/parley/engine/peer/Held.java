package dev.parley.engine.peer;

import dev.parley.engine.congestion.PacketKind;
import dev.parley.protocol.srtp.SrtpSender;

/// A packet that waits for its turn: in the clear, and complete but for what [Departures] writes as
/// it leaves. Confined to the loop.
final class Held {
  /// More than any packet on the paths there are.
  static final int SIZE = 1600;

  final byte[] octets = new byte[SIZE];
  Held next;
  PacketKind kind;
  SrtpSender.Stream stream;
  int header;
  int payload;
  int sequenceAt;
  int timeAt;
  long since;
}
