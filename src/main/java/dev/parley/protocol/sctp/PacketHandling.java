package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// What each packet and each chunk of the peer does (RFC 9260, sections 5, 6, 8.4, 8.5 and 9).
final class PacketHandling {
  /// The sender of an ABORT or SHUTDOWN COMPLETE has reflected the tag (section 8.5.1).
  private static final int REFLECTED = 1;

  private final Endpoint end;
  private final Lifecycle lifecycle;
  private boolean reported;

  PacketHandling(Endpoint end, Lifecycle lifecycle) {
    this.end = end;
    this.lifecycle = lifecycle;
  }

  void receive(byte[] octets, int at, int length, long now) {
    end.packetsIn++;
    if (refusal(octets, at, length) != SctpRefusal.NONE) {
      end.refused++;
      return;
    }
    int first = at + PacketReader.HEADER;
    if (!tagged(octets, first, PacketReader.tag(octets, at))) {
      stranger(octets, first, PacketReader.tag(octets, at));
      return;
    }
    reported = false;
    int chunk = first;
    while (chunk < at + length && chunk(octets, chunk, PacketReader.tag(octets, at), now)) {
      chunk = PacketReader.next(octets, chunk);
    }
    done(now);
  }

  private SctpRefusal refusal(byte[] octets, int at, int length) {
    if (length < PacketReader.HEADER) {
      return SctpRefusal.TOO_SHORT;
    }
    if (PacketReader.sourcePort(octets, at) != end.setup.remotePort()
        || PacketReader.destinationPort(octets, at) != end.setup.localPort()) {
      return SctpRefusal.PORTS;
    }
    if (!end.kit.writer().verifies(octets, at, length)) {
      return SctpRefusal.CHECKSUM;
    }
    return PacketReader.check(octets, at, length);
  }

  // Whether the verification tag is one the first chunk may have (section 8.5).
  private boolean tagged(byte[] octets, int chunk, int tag) {
    ChunkType type = ChunkType.of(PacketReader.chunkCode(octets, chunk));
    if (type == ChunkType.INIT) {
      return tag == 0 && !end.ended();
    }
    if (type == ChunkType.COOKIE_ECHO) {
      // The cookie says which tag it is.
      return !end.ended();
    }
    if (end.ended() || end.state == SctpAssociation.State.CLOSED) {
      return false;
    }
    if (type == ChunkType.ABORT || type == ChunkType.SHUTDOWN_COMPLETE) {
      boolean reflected = (PacketReader.flags(octets, chunk) & REFLECTED) != 0;
      return reflected ? tag == end.peerTag && tag != 0 : tag == end.localTag;
    }
    return tag == end.localTag;
  }

  // A packet of no association there is (section 8.4): a word for those who may not know it.
  private void stranger(byte[] octets, int chunk, int tag) {
    end.refused++;
    boolean none = end.ended() || end.state == SctpAssociation.State.CLOSED;
    ChunkType type = ChunkType.of(PacketReader.chunkCode(octets, chunk));
    if (!none || type == ChunkType.ABORT || type == ChunkType.SHUTDOWN_COMPLETE) {
      return;
    }
    if (type == ChunkType.COOKIE_ACK || type == ChunkType.ERROR) {
      return;
    }
    boolean init = type == ChunkType.INIT;
    PacketWriter packet = end.begin(init ? Octets.u32(octets, chunk + 4) : tag);
    ChunkType answer =
        type == ChunkType.SHUTDOWN_ACK ? ChunkType.SHUTDOWN_COMPLETE : ChunkType.ABORT;
    packet.chunk(answer, init ? 0 : REFLECTED, 0);
    end.send(packet);
  }

  // Whether the next chunk of the packet may be taken.
  private boolean chunk(byte[] octets, int chunk, int tag, long now) {
    ChunkType type = ChunkType.of(PacketReader.chunkCode(octets, chunk));
    if (type == null) {
      return unknown(octets, chunk);
    }
    if (type == ChunkType.DATA && lifecycle.transfer() != null) {
      data(octets, chunk);
    } else if (type == ChunkType.COOKIE_ECHO) {
      return lifecycle.handshake().cookieEcho(octets, chunk, tag, now) && alive(now);
    } else if (type == ChunkType.INIT) {
      init(octets, chunk, now);
    } else {
      alive(now);
      if (!beginning(type, octets, chunk, now)) {
        established(type, octets, chunk, now);
      }
    }
    return !end.ended();
  }

  private boolean alive(long now) {
    end.heard();
    lifecycle.heartbeat().heard(now);
    return !end.ended();
  }

  private void init(byte[] octets, int chunk, long now) {
    if (end.state == SctpAssociation.State.SHUTDOWN_ACK_SENT) {
      // Section 9.2: the old association has to end first.
      lifecycle.farewell().send(lifecycle.transfer(), now);
    } else {
      lifecycle.handshake().init(octets, chunk, now);
    }
  }

  // What may come before the association is up; whether it was that.
  private boolean beginning(ChunkType type, byte[] octets, int chunk, long now) {
    switch (type) {
      case INIT_ACK -> lifecycle.handshake().initAck(octets, chunk, now);
      case COOKIE_ACK -> lifecycle.handshake().cookieAck(now);
      case ERROR -> error(octets, chunk, now);
      case ABORT -> lifecycle.end(SctpEnd.ABORTED_BY_PEER);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void error(byte[] octets, int chunk, long now) {
    boolean stale =
        PacketReader.chunkLength(octets, chunk) > PacketReader.CHUNK_HEADER
            && Octets.u16(octets, chunk + 4) == CauseCode.STALE_COOKIE.code();
    if (stale) {
      lifecycle.handshake().stale(now);
    }
  }

  private void established(ChunkType type, byte[] octets, int chunk, long now) {
    Transfer transfer = lifecycle.transfer();
    if (transfer == null) {
      end.refused++;
      return;
    }
    switch (type) {
      case SACK -> sack(transfer.outbox.sack(octets, chunk, now));
      case FORWARD_TSN -> transfer.inbox.forward(octets, chunk);
      case RE_CONFIG -> transfer.resets.received(octets, chunk);
      case HEARTBEAT -> lifecycle.heartbeat().answer(octets, chunk);
      case HEARTBEAT_ACK ->
          lifecycle.heartbeat().answered(octets, chunk, now, transfer.outbox.roundTrip());
      case SHUTDOWN -> {
        sack(transfer.outbox.cumulative(Octets.u32(octets, chunk + 4), now));
        lifecycle.farewell().shutdown(transfer, now);
      }
      case SHUTDOWN_ACK -> shutdownAck();
      case SHUTDOWN_COMPLETE -> {
        if (end.state == SctpAssociation.State.SHUTDOWN_ACK_SENT) {
          lifecycle.end(SctpEnd.SHUT_DOWN);
        }
      }
      default -> {}
    }
  }

  private void sack(boolean possible) {
    if (!possible) {
      end.refused++;
      lifecycle.abort(CauseCode.PROTOCOL_VIOLATION, SctpEnd.PROTOCOL_VIOLATION);
    }
  }

  private void shutdownAck() {
    if (end.state == SctpAssociation.State.SHUTDOWN_SENT
        || end.state == SctpAssociation.State.SHUTDOWN_ACK_SENT) {
      end.send(ChunkType.SHUTDOWN_COMPLETE);
      lifecycle.end(SctpEnd.SHUT_DOWN);
    }
  }

  private void data(byte[] octets, int chunk) {
    if (PacketReader.chunkLength(octets, chunk) == DataChunk.HEADER) {
      // Section 6.2: a sender that has nothing to say is broken.
      end.refused++;
      lifecycle.abort(CauseCode.NO_USER_DATA, SctpEnd.PROTOCOL_VIOLATION);
      return;
    }
    switch (end.state) {
      case ESTABLISHED, SHUTDOWN_PENDING, SHUTDOWN_SENT ->
          lifecycle.transfer().inbox.data(octets, chunk);
      default -> end.refused++;
    }
  }

  private boolean unknown(byte[] octets, int chunk) {
    int code = PacketReader.chunkCode(octets, chunk);
    end.refused++;
    if (ChunkType.reported(code) && !reported && lifecycle.transfer() != null) {
      reported = true;
      int length = Math.min(PacketReader.chunkLength(octets, chunk), 256);
      byte[] copy = java.util.Arrays.copyOfRange(octets, chunk, chunk + length);
      end.sendCause(ChunkType.ERROR, CauseCode.UNRECOGNIZED_CHUNK_TYPE, copy);
    }
    return ChunkType.skipped(code);
  }

  private void done(long now) {
    Transfer transfer = lifecycle.transfer();
    if (transfer == null) {
      return;
    }
    alive(now);
    if (transfer.inbox.packetDone(now) && end.state == SctpAssociation.State.SHUTDOWN_SENT) {
      // Section 9.2: the peer has not heard that this end is done.
      lifecycle.farewell().send(transfer, now);
    }
    transfer.resets.progress();
  }
}
