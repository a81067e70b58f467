package dev.parley.engine.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.lab.PeerSdp;
import dev.parley.protocol.rtp.HeaderExtensionWriter;
import dev.parley.protocol.rtp.HeaderExtensionWriter.Form;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.wire.Octets;
import java.util.Arrays;

/// Plain RTP packets as a publisher makes them.
final class Media {
  static final int CAMERA = 0x11110001;
  static final int CAMERA_RTX = 0x11110002;
  static final int MICROPHONE = 0x22220001;

  private Media() {}

  /// A packet whose payload is a VP8 descriptor with picture id and TL0PICIDX, then octets of its
  /// number.
  static byte[] video(int ssrc, int sequence) {
    return packet(PeerSdp.VP8, ssrc, sequence, null, null, vp8(sequence));
  }

  static byte[] audio(int ssrc, int sequence) {
    return packet(PeerSdp.OPUS, ssrc, sequence, null, null, new byte[] {1, 2, (byte) sequence});
  }

  static byte[] rtx(int ssrc, int sequence, int original) {
    byte[] payload = vp8(original);
    byte[] wrapped = new byte[payload.length + 2];
    Octets.put16(wrapped, 0, original);
    System.arraycopy(payload, 0, wrapped, 2, payload.length);
    return packet(PeerSdp.RTX, ssrc, sequence, null, null, wrapped);
  }

  static byte[] vp8(int sequence) {
    byte[] payload = new byte[200];
    Arrays.fill(payload, (byte) sequence);
    // X and no S; I, L; 15 bits of picture id; TL0PICIDX.
    payload[0] = (byte) 0x80;
    payload[1] = (byte) 0xc0;
    Octets.put16(payload, 2, 0x8000 | sequence & 0x7fff);
    payload[4] = (byte) sequence;
    return payload;
  }

  /// @param mid said in a header extension, or null
  /// @param rid likewise: of retransmissions the repaired one
  static byte[] packet(int type, int ssrc, int sequence, String mid, String rid, byte[] payload) {
    byte[] out = new byte[1500];
    RtpPacket.putHeader(out, 0, true, type, sequence, sequence * 3000, ssrc);
    HeaderExtensionWriter writer = new HeaderExtensionWriter().begin(out, 12, Form.ONE_BYTE);
    int value = writer.put(PeerSdp.TWCC_ID, 2);
    Octets.put16(out, value, sequence);
    if (mid != null) {
      writer.put(PeerSdp.MID_ID, mid.getBytes(US_ASCII), 0, mid.length());
    }
    if (rid != null) {
      int id = type == PeerSdp.RTX ? PeerSdp.RRID_ID : PeerSdp.RID_ID;
      writer.put(id, rid.getBytes(US_ASCII), 0, rid.length());
    }
    int header = 12 + writer.finish();
    RtpPacket.putExtension(out, 0, true);
    System.arraycopy(payload, 0, out, header, payload.length);
    return Arrays.copyOf(out, header + payload.length);
  }
}
