package dev.parley.protocol.srtp;

import dev.parley.wire.Octets;
import java.util.Arrays;
import java.util.HexFormat;

/// Octets for the tests of this package.
final class Octet {
  static final int SSRC = 0xcafebabe;
  static final int HEADER = 12;

  private Octet() {}

  /// Octets from hexadecimal digits; blanks and line ends count for nothing.
  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
  }

  static String hex(byte[] octets, int at, int length) {
    return HexFormat.of().formatHex(octets, at, at + length);
  }

  /// What an exporter gave, the same at both ends.
  static byte[] exported(SrtpProfile profile) {
    byte[] exported = new byte[profile.exporterLength()];
    for (int i = 0; i < exported.length; i++) {
      exported[i] = (byte) (i * 37 + 11);
    }
    return exported;
  }

  static SrtpKeys client(SrtpProfile profile) {
    return SrtpKeys.of(profile, exported(profile), SrtpKeys.Role.CLIENT);
  }

  static SrtpKeys server(SrtpProfile profile) {
    return SrtpKeys.of(profile, exported(profile), SrtpKeys.Role.SERVER);
  }

  /// A plain RTP packet with a payload that depends on its sequence number.
  static byte[] rtp(int ssrc, int sequence) {
    byte[] packet = new byte[HEADER + 40];
    Arrays.fill(packet, HEADER, packet.length, (byte) sequence);
    Octets.put8(packet, 0, 0x80);
    Octets.put8(packet, 1, 96);
    Octets.put16(packet, 2, sequence);
    Octets.put32(packet, 4, 3000 * sequence);
    Octets.put32(packet, 8, ssrc);
    return packet;
  }

  /// A plain control packet: an empty receiver report and some octets.
  static byte[] rtcp(int ssrc) {
    byte[] packet = new byte[24];
    Octets.put32(packet, 0, 0x80c9_0001);
    Octets.put32(packet, 4, ssrc);
    Octets.put32(packet, 8, 0x81ce_0003);
    return packet;
  }

  /// The protected packet, which must not be refused.
  static byte[] protect(SrtpSender sender, byte[] plain) {
    byte[] out = new byte[plain.length + sender.profile().rtpOverhead()];
    int length = protect(sender, plain, out);
    if (length != out.length) {
      throw new AssertionError("refused: " + SrtpRefusal.of(length));
    }
    return out;
  }

  static int protect(SrtpSender sender, byte[] plain, byte[] out) {
    return sender.stream(Octets.u32(plain, 8))
        .protect(plain, 0, HEADER, plain, HEADER, plain.length - HEADER, out, 0);
  }

  static byte[] protectRtcp(SrtpSender sender, byte[] plain) {
    byte[] out = new byte[plain.length + sender.profile().rtcpOverhead()];
    int length = sender.protectRtcp(plain, 0, plain.length, out, 0);
    if (length != out.length) {
      throw new AssertionError("refused: " + SrtpRefusal.of(length));
    }
    return out;
  }

  /// The name of the refusal, or the plain packet in hexadecimal digits.
  static String unprotect(SrtpReceiver receiver, byte[] packet) {
    byte[] out = new byte[packet.length];
    return told(receiver.unprotect(packet, 0, packet.length, HEADER, out, 0), out);
  }

  static String unprotectRtcp(SrtpReceiver receiver, byte[] packet) {
    byte[] out = new byte[packet.length];
    return told(receiver.unprotectRtcp(packet, 0, packet.length, out, 0), out);
  }

  static String told(int length, byte[] out) {
    return length < 0 ? SrtpRefusal.of(length).name() : hex(out, 0, length);
  }

  static String told(byte[] octets) {
    return hex(octets, 0, octets.length);
  }
}
