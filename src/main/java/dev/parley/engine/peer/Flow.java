package dev.parley.engine.peer;

import dev.parley.engine.congestion.PacketKind;
import dev.parley.protocol.srtp.SrtpSender;

/// The way out of one outgoing RtpStream, with its packets that wait for their turn, in their
/// order. Confined to the peer's loop.
final class Flow {
  private final PacketKind kind;
  private SrtpSender.Stream stream;
  private Held first;
  private Held last;
  private int octets;
  private boolean lost;

  /// The one behind it in [Turns], and what it may send before that has its turn; they are theirs.
  Flow next;

  int credit;

  /// @param kind of its packets, but for padding
  Flow(PacketKind kind) {
    this.kind = kind;
  }

  PacketKind kind() {
    return kind;
  }

  /// What protects its packets from now on; null while none may be sent.
  void keyed(SrtpSender.Stream with) {
    stream = with;
  }

  /// What protects its packets, or null.
  SrtpSender.Stream stream() {
    return stream;
  }

  void add(Held held) {
    octets += held.size();
    if (first == null) {
      first = held;
    } else {
      last.next = held;
    }
    last = held;
  }

  /// What has waited longest, or null.
  Held first() {
    return first;
  }

  /// Takes the first out; there is one.
  Held poll() {
    Held taken = first;
    first = taken.next;
    taken.next = null;
    octets -= taken.size();
    return taken;
  }

  boolean isEmpty() {
    return first == null;
  }

  /// Octets that wait.
  int octets() {
    return octets;
  }

  /// A packet of it was dropped.
  void lose() {
    lost = true;
  }

  /// Whether packets were dropped; asked once.
  boolean lost() {
    boolean was = lost;
    lost = false;
    return was;
  }
}
