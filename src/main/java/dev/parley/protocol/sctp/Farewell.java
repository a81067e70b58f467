package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// The orderly end of an association (RFC 9260, section 9.2).
final class Farewell {
  private final Endpoint end;

  Farewell(Endpoint end) {
    this.end = end;
  }

  /// All has arrived: the next step, if an end was asked for.
  void step(Transfer transfer, long now) {
    if (end.state == SctpAssociation.State.SHUTDOWN_PENDING && transfer.outbox.empty()) {
      end.state = SctpAssociation.State.SHUTDOWN_SENT;
      send(transfer, now);
    } else if (end.state == SctpAssociation.State.SHUTDOWN_RECEIVED && transfer.outbox.empty()) {
      end.state = SctpAssociation.State.SHUTDOWN_ACK_SENT;
      send(transfer, now);
    }
  }

  /// T2 ran out, or the peer asks for it again.
  void send(Transfer transfer, long now) {
    end.await(now);
    end.timers.set(Timer.HANDSHAKE, now + transfer.outbox.timeout());
    if (end.state == SctpAssociation.State.SHUTDOWN_ACK_SENT) {
      end.send(ChunkType.SHUTDOWN_ACK);
    } else if (end.state == SctpAssociation.State.SHUTDOWN_SENT) {
      PacketWriter packet = end.begin();
      int at = packet.chunk(ChunkType.SHUTDOWN, 0, 4);
      Octets.put32(packet.octets(), at, transfer.inbox.cumulative());
      end.send(packet);
    }
  }

  /// The peer sends nothing more.
  void shutdown(Transfer transfer, long now) {
    switch (end.state) {
      case ESTABLISHED, SHUTDOWN_PENDING -> end.state = SctpAssociation.State.SHUTDOWN_RECEIVED;
      case SHUTDOWN_SENT -> {
        end.state = SctpAssociation.State.SHUTDOWN_ACK_SENT;
        send(transfer, now);
      }
      case SHUTDOWN_ACK_SENT -> send(transfer, now);
      default -> {}
    }
  }
}
