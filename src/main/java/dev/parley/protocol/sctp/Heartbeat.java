package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// Asks a peer that has been silent for a sign of life (RFC 9260, section 8.3).
final class Heartbeat {
  private static final int INFO = 20;

  private final Endpoint end;
  private long heard;
  private long nonce;
  private long sentAt;
  private boolean asked;

  Heartbeat(Endpoint end) {
    this.end = end;
  }

  void begin(long now) {
    heard = now;
    asked = false;
    end.timers.set(Timer.HEARTBEAT, now + end.limits.heartbeat().toNanos());
  }

  void heard(long now) {
    heard = now;
  }

  /// The timer ran out: not the peer's silence yet, since packets do not set it anew.
  void due(long now, RoundTrip roundTrip) {
    long at = heard + end.limits.heartbeat().toNanos();
    if (now - at < 0) {
      end.timers.set(Timer.HEARTBEAT, at);
      return;
    }
    nonce = end.kit.longNumber();
    sentAt = now;
    asked = true;
    end.await(now);
    end.timers.set(
        Timer.HEARTBEAT, now + Math.max(roundTrip.timeout(), end.limits.rtoMax().toNanos()));
    PacketWriter packet = end.begin();
    int value = packet.chunk(ChunkType.HEARTBEAT, 0, INFO);
    Octets.put16(packet.octets(), value, ParameterType.HEARTBEAT_INFO.code());
    Octets.put16(packet.octets(), value + 2, INFO);
    Octets.put64(packet.octets(), value + 4, now);
    Octets.put64(packet.octets(), value + 12, nonce);
    end.send(packet);
  }

  /// Gives a HEARTBEAT back as it came.
  void answer(byte[] octets, int chunk) {
    int body = PacketReader.chunkLength(octets, chunk) - PacketReader.CHUNK_HEADER;
    int room = end.limits.chunk() - PacketReader.CHUNK_HEADER;
    if (body > room) {
      end.refused++;
      return;
    }
    PacketWriter packet = end.begin();
    int at = packet.chunk(ChunkType.HEARTBEAT_ACK, 0, body);
    System.arraycopy(octets, chunk + PacketReader.CHUNK_HEADER, packet.octets(), at, body);
    end.send(packet);
  }

  /// What was asked has come back, or something that was not.
  void answered(byte[] octets, int chunk, long now, RoundTrip roundTrip) {
    int at = chunk + PacketReader.CHUNK_HEADER;
    boolean mine =
        asked
            && PacketReader.chunkLength(octets, chunk) == PacketReader.CHUNK_HEADER + INFO
            && Octets.u64(octets, at + 4) == sentAt
            && Octets.u64(octets, at + 12) == nonce;
    if (mine) {
      asked = false;
      roundTrip.measured(now - sentAt);
    } else {
      end.refused++;
    }
  }
}
