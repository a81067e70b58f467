package dev.parley.bench;

import dev.parley.lab.PeerSdp;
import dev.parley.protocol.rtcp.NtpTime;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.rtp.ExtensionValues;
import dev.parley.protocol.rtp.HeaderExtensionWriter;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.rtp.RtxPayload;
import dev.parley.protocol.srtp.SrtpSender;
import dev.parley.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// One RtpStream that a member publishes, with its retransmissions. Confined to the media thread.
final class RoomsOutgoing {
  private static final int KEPT = 128;

  /// Packets that name mid and rid: those of a stream's first second or so, and key frames.
  private static final int NAMED = 100;

  private final RoomsPeer peer;
  private final Numbers transport;
  private final byte[] mid;
  private final byte[] rid;
  private final int type;
  private final int ssrc;
  private final int clock;
  private final byte[] header = new byte[64];
  private final byte[] out = new byte[2048];
  private final HeaderExtensionWriter extensions = new HeaderExtensionWriter();
  private final byte[][] kept = new byte[KEPT][];
  private final int[] keptLength = new int[KEPT];
  private final int[] keptTimestamp = new int[KEPT];
  private final boolean[] keptMarker = new boolean[KEPT];
  private SrtpSender.Stream stream;
  private SrtpSender.Stream repair;
  private int repairSequence;
  private int octets;
  private int timestamp;
  private long timestampAt;

  /// Packets so far; the sequence number of the next one counts from a random place.
  private int packets;

  private final int firstSequence;

  /// Packets sent once more.
  long repaired;

  /// The transport-wide sequence number of a member's packets.
  static final class Numbers {
    private int next;
  }

  /// @param rid empty for none; without one nothing is sent again
  RoomsOutgoing(
      RoomsPeer peer, Numbers transport, String mid, String rid, int ssrc, boolean video) {
    this.peer = peer;
    this.transport = transport;
    this.mid = mid.getBytes(StandardCharsets.US_ASCII);
    this.rid = rid.getBytes(StandardCharsets.US_ASCII);
    this.type = video ? PeerSdp.VP8 : PeerSdp.OPUS;
    this.clock = video ? 90_000 : 48_000;
    this.ssrc = ssrc;
    this.firstSequence = new Random(ssrc).nextInt(0x8000);
  }

  int ssrc() {
    return ssrc;
  }

  /// Sends a packet.
  ///
  /// @param level of audio (RFC 6464) with the voice bit, or -1
  void send(byte[] payload, int length, int timestamp, boolean marker, int level, long now) {
    if (stream == null) {
      stream = peer.sender().stream(ssrc);
      repair = peer.sender().stream(ssrc + 1);
    }
    int sequence = firstSequence + packets & 0xffff;
    int end = head(type, sequence, timestamp, ssrc, marker, level, PeerSdp.RID_ID);
    keep(sequence, payload, length, timestamp, marker);
    peer.send(out, stream.protect(header, 0, end, payload, 0, length, out, 0));
    packets++;
    octets += length;
    this.timestamp = timestamp;
    this.timestampAt = now;
  }

  private int head(
      int payloadType, int sequence, int time, int source, boolean marker, int level, int ridId) {
    RtpPacket.putHeader(header, 0, marker, payloadType, sequence, time, source);
    extensions.begin(header, RtpPacket.FIXED_HEADER, HeaderExtensionWriter.Form.ONE_BYTE);
    int number = extensions.put(PeerSdp.TWCC_ID, ExtensionValues.TRANSPORT_SEQUENCE_LENGTH);
    Octets.put16(header, number, transport.next++);
    if (level >= 0) {
      header[extensions.put(PeerSdp.LEVEL_ID, 1)] = (byte) level;
    }
    if (packets < NAMED || ridId == PeerSdp.RRID_ID) {
      extensions.put(PeerSdp.MID_ID, mid, 0, mid.length);
      if (rid.length > 0) {
        extensions.put(ridId, rid, 0, rid.length);
      }
    }
    RtpPacket.putExtension(header, 0, true);
    return RtpPacket.FIXED_HEADER + extensions.finish();
  }

  private void keep(int sequence, byte[] payload, int length, int time, boolean marker) {
    if (type != PeerSdp.VP8) {
      return;
    }
    int slot = sequence % KEPT;
    if (kept[slot] == null) {
      kept[slot] = new byte[1250];
    }
    System.arraycopy(payload, 0, kept[slot], RtxPayload.HEADER, length);
    RtxPayload.putOriginalSequence(kept[slot], 0, sequence);
    keptLength[slot] = length + RtxPayload.HEADER;
    keptTimestamp[slot] = time;
    keptMarker[slot] = marker;
  }

  /// Sends a packet once more that was lost.
  void again(int sequence) {
    int slot = sequence % KEPT;
    if (kept[slot] == null || RtxPayload.originalSequence(kept[slot], 0, 2) != sequence) {
      return;
    }
    int end =
        head(
            PeerSdp.RTX,
            repairSequence++ & 0xffff,
            keptTimestamp[slot],
            ssrc + 1,
            keptMarker[slot],
            -1,
            PeerSdp.RRID_ID);
    peer.send(out, repair.protect(header, 0, end, kept[slot], 0, keptLength[slot], out, 0));
    repaired++;
  }

  /// Writes a sender report.
  void report(RtcpWriter into, long now, long wall) {
    if (packets > 0) {
      int time = timestamp + (int) ((now - timestampAt) / 1_000 * clock / 1_000_000);
      into.senderReport(ssrc, NtpTime.of(wall), time, packets, octets);
    }
  }
}
