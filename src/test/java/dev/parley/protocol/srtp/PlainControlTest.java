package dev.parley.protocol.srtp;

import static dev.parley.protocol.srtp.Octet.SSRC;
import static dev.parley.protocol.srtp.Octet.told;
import static dev.parley.protocol.srtp.Octet.unprotectRtcp;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.Octets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Control packets that are authenticated and not encrypted (RFC 3711, section 3.4: E bit 0); those
/// of RFC 7714 stand with its vectors.
class PlainControlTest {
  private static final SrtpProfile SHA1 = SrtpProfile.SRTP_AES128_CM_HMAC_SHA1_80;

  @Test
  void anAuthenticOneIsTakenOnce() {
    SrtpReceiver receiver = Octet.server(SHA1).receiver(1);
    byte[] packet = signed(7);

    assertEquals(told(Octet.rtcp(SSRC)), unprotectRtcp(receiver, packet));
    assertEquals("REPLAYED", unprotectRtcp(receiver, packet));
  }

  @Test
  void aChangedOneIsRefused() {
    byte[] packet = signed(7);
    packet[12] ^= 1;

    assertEquals("BAD_TAG", unprotectRtcp(Octet.server(SHA1).receiver(1), packet));
  }

  private static byte[] signed(int index) {
    byte[] plain = Octet.rtcp(SSRC);
    byte[] packet = Arrays.copyOf(plain, plain.length + SHA1.rtcpOverhead());
    Octets.put32(packet, plain.length, index);
    byte[] authKey = SessionKeys.rtcp(Octet.client(SHA1).outgoing()).authKey();
    byte[] digest = Jdk.hmacSha1(authKey).doFinal(Arrays.copyOf(packet, plain.length + 4));
    System.arraycopy(digest, 0, packet, plain.length + 4, SHA1.rtcpTagLength());
    return packet;
  }
}
