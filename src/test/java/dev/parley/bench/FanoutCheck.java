package dev.parley.bench;

import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.srtp.SrtpReceiver;
import dev.parley.wire.Octets;

/// Decrypts what one receiver takes in and looks whether it is what the source sent: payload, and
/// sequence numbers that run with the source's numbers. Confined to the client's thread.
final class FanoutCheck {
  private final byte[] plain = new byte[2048];
  private int step = 1;
  private SrtpReceiver srtp;
  private long last = -1;
  private int offset = -1;
  private int ssrc;

  /// RTP packets taken in.
  long taken;

  /// Of them those that were not what they should be.
  long wrong;

  /// Times at which the next number was not the one behind the last.
  long gaps;

  /// RTP packets of other sources, as retransmissions are.
  long others;

  /// From now on numbers should go up by so many.
  void step(int numbers) {
    step = numbers;
    last = -1;
  }

  void keyed(SrtpReceiver receiver) {
    srtp = receiver;
  }

  /// The source that is received, 0 for none yet.
  int ssrc() {
    return ssrc;
  }

  /// One RTP packet.
  void take(byte[] packet, int length) {
    int source = Octets.u32(packet, 8);
    if (ssrc != 0 && source != ssrc) {
      others++;
      return;
    }
    taken++;
    int header = RtpPacket.headerLength(packet, 0, length);
    int octets =
        header < 0 || srtp == null ? -1 : srtp.unprotect(packet, 0, length, header, plain, 0);
    int payload = octets < 0 ? octets : RtpPacket.payloadLength(plain, 0, octets);
    long number = payload < 0 ? payload : FanoutPayload.read(plain, header, payload);
    if (number < 0) {
      wrong++;
      return;
    }
    int now = Octets.u16(packet, 2) - (int) number & 0xffff;
    wrong += offset >= 0 && offset != now ? 1 : 0;
    gaps += last >= 0 && number != last + step ? 1 : 0;
    offset = now;
    last = number;
    ssrc = source;
  }
}
