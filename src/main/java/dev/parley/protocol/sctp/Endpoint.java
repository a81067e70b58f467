package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// What all parts of one association share: its state, its tags, its timers, and the way out.
final class Endpoint {
  final SctpKit kit;
  final SctpSetup setup;
  final SctpLimits limits;
  final SctpEffects effects;
  final Timers timers = new Timers();
  SctpAssociation.State state = SctpAssociation.State.CLOSED;
  int localTag;
  int peerTag;
  long packetsIn;
  long packetsOut;
  long refused;
  long messagesIn;
  long retransmissions;
  private boolean waiting;
  private long waitingSince;

  Endpoint(SctpKit kit, SctpSetup setup, SctpLimits limits, SctpEffects effects) {
    this.kit = kit;
    this.setup = setup;
    this.limits = limits;
    this.effects = effects;
  }

  boolean ended() {
    return state == SctpAssociation.State.ENDED;
  }

  /// Begins a packet to the peer, in the writer that all share: nothing else may happen until it is
  /// sent.
  PacketWriter begin() {
    return begin(peerTag);
  }

  PacketWriter begin(int tag) {
    return kit.writer().begin(setup.localPort(), setup.remotePort(), tag, limits.packet());
  }

  void send(PacketWriter packet) {
    packet.finish();
    packetsOut++;
    effects.transmit(packet.octets(), 0, packet.length());
  }

  /// One chunk without a body in a packet of its own.
  void send(ChunkType type) {
    PacketWriter packet = begin();
    packet.chunk(type, 0, 0);
    send(packet);
  }

  /// One cause in an ERROR or ABORT in a packet of its own.
  ///
  /// @param value of the cause
  void sendCause(ChunkType type, CauseCode cause, byte[] value) {
    PacketWriter packet = begin();
    int size = 4 + value.length;
    int at = packet.chunk(type, 0, size);
    Octets.put16(packet.octets(), at, cause.code());
    Octets.put16(packet.octets(), at + 2, size);
    System.arraycopy(value, 0, packet.octets(), at + 4, value.length);
    send(packet);
  }

  /// An answer of the peer is waited for from now on, if not already.
  void await(long now) {
    if (!waiting) {
      waiting = true;
      waitingSince = now;
    }
  }

  /// Something of the peer has come.
  void heard() {
    waiting = false;
  }

  /// Whether the peer has been waited for in vain for too long.
  boolean silent(long now) {
    return waiting && now - waitingSince >= limits.patience().toNanos();
  }
}
