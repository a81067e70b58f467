package dev.parley.protocol.srtp;

import static dev.parley.protocol.srtp.Octet.HEADER;
import static dev.parley.protocol.srtp.Octet.SSRC;
import static dev.parley.protocol.srtp.Octet.protect;
import static dev.parley.protocol.srtp.Octet.protectRtcp;
import static dev.parley.protocol.srtp.Octet.rtcp;
import static dev.parley.protocol.srtp.Octet.rtp;
import static dev.parley.protocol.srtp.Octet.told;
import static dev.parley.protocol.srtp.Octet.unprotect;
import static dev.parley.protocol.srtp.Octet.unprotectRtcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.Octets;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Octets of those who have no key, and packets that were changed on their way.
class ForgeryTest {
  private static final Set<String> REFUSED = Set.of("BAD_TAG", "TOO_OLD", "REPLAYED");

  @ParameterizedTest
  @EnumSource
  void everyOctetOfAPacketCounts(SrtpProfile profile) {
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    byte[] packet = protect(Octet.client(profile).sender(), rtp(SSRC, 40_000));
    for (int at = 0; at < packet.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        packet[at] ^= (byte) (1 << bit);
        assertEquals("BAD_TAG", unprotect(receiver, packet), "octet " + at);
        packet[at] ^= (byte) (1 << bit);
      }
    }
    assertEquals(0, receiver.streams());
    assertEquals(told(rtp(SSRC, 40_000)), unprotect(receiver, packet));
  }

  @ParameterizedTest
  @EnumSource
  void everyOctetOfAControlPacketCounts(SrtpProfile profile) {
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    byte[] packet = protectRtcp(Octet.client(profile).sender(), rtcp(SSRC));
    for (int at = 0; at < packet.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        packet[at] ^= (byte) (1 << bit);
        assertEquals("BAD_TAG", unprotectRtcp(receiver, packet), "octet " + at);
        packet[at] ^= (byte) (1 << bit);
      }
    }
    assertEquals(0, receiver.rtcpStreams());
    assertEquals(told(rtcp(SSRC)), unprotectRtcp(receiver, packet));
  }

  @ParameterizedTest
  @EnumSource
  void aFloodOfForgedStreamsLeavesNothingBehind(SrtpProfile profile) {
    SrtpReceiver receiver = Octet.server(profile).receiver(4);
    byte[] forged = new byte[80];
    for (int ssrc = 0; ssrc < 10_000; ssrc++) {
      Octets.put32(forged, 8, ssrc);
      assertEquals("BAD_TAG", unprotect(receiver, forged));
      Octets.put32(forged, 4, ssrc);
      assertEquals("BAD_TAG", unprotectRtcp(receiver, forged));
    }
    assertEquals(0, receiver.streams());
    assertEquals(0, receiver.rtcpStreams());
    byte[] honest = protect(Octet.client(profile).sender(), rtp(SSRC, 1));
    assertEquals(told(rtp(SSRC, 1)), unprotect(receiver, honest));
  }

  @ParameterizedTest
  @EnumSource
  void anAuthenticFloodOfStreamsEndsAtTheBound(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(50);
    for (int ssrc = 0; ssrc < 500; ssrc++) {
      String answer = unprotect(receiver, protect(sender, rtp(ssrc, 1)));
      assertEquals(ssrc < 50 ? told(rtp(ssrc, 1)) : "TOO_MANY_STREAMS", answer);
      answer = unprotectRtcp(receiver, protectRtcp(sender, rtcp(ssrc)));
      assertEquals(ssrc < 50 ? told(rtcp(ssrc)) : "TOO_MANY_STREAMS", answer);
    }
    assertEquals(50, receiver.streams());
    assertEquals(50, receiver.rtcpStreams());
    assertEquals(told(rtp(7, 2)), unprotect(receiver, protect(sender, rtp(7, 2))));
  }

  @ParameterizedTest
  @EnumSource
  void aForgedSequenceNumberMovesNoWindow(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    unprotect(receiver, protect(sender, rtp(SSRC, 40_000)));
    byte[] forged = protect(sender, rtp(SSRC, 40_001));
    for (int sequence = 0; sequence < 0x10000; sequence += 97) {
      if (sequence != 40_001) {
        Octets.put16(forged, 2, sequence);
        String answer = unprotect(receiver, forged);
        assertTrue(REFUSED.contains(answer), answer);
      }
    }
    assertEquals(told(rtp(SSRC, 40_002)), unprotect(receiver, protect(sender, rtp(SSRC, 40_002))));
    assertEquals(told(rtp(SSRC, 39_999)), unprotect(receiver, protect(sender, rtp(SSRC, 39_999))));
  }

  @ParameterizedTest
  @EnumSource
  void anotherConnectionsPacketIsAForgery(SrtpProfile profile) {
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    // The same connection's other direction: a packet sent back to its sender.
    byte[] reflected = protect(Octet.server(profile).sender(), rtp(SSRC, 1));

    assertEquals("BAD_TAG", unprotect(receiver, reflected));
  }

  @ParameterizedTest
  @EnumSource
  void aControlPacketIsNoMediaPacket(SrtpProfile profile) {
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    SrtpSender sender = Octet.client(profile).sender();

    assertEquals("BAD_TAG", unprotect(receiver, protectRtcp(sender, rtcp(SSRC))));
    assertEquals("BAD_TAG", unprotectRtcp(receiver, protect(sender, rtp(SSRC, 1))));
  }

  @ParameterizedTest
  @EnumSource
  void theEBitCannotBeTakenAway(SrtpProfile profile) {
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    byte[] packet = protectRtcp(Octet.client(profile).sender(), rtcp(SSRC));
    int word = profile.aead() ? packet.length - 4 : packet.length - profile.rtcpOverhead();
    assertEquals(0x8000_0001, Octets.u32(packet, word));
    Octets.put32(packet, word, 1);

    assertEquals("BAD_TAG", unprotectRtcp(receiver, packet));
  }

  @ParameterizedTest
  @EnumSource
  void aPacketWithoutRoomForItsTagIsTooShort(SrtpProfile profile) {
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    byte[] octets = new byte[100];
    byte[] out = new byte[100];
    int tooShort = SrtpRefusal.TOO_SHORT.code();

    assertEquals(
        tooShort, receiver.unprotect(octets, 0, HEADER + profile.rtpOverhead() - 1, 12, out, 0));
    assertEquals(
        tooShort, receiver.unprotect(octets, 0, 16 + profile.rtpOverhead() - 1, 16, out, 0));
    assertEquals(tooShort, receiver.unprotect(octets, 0, 60, 11, out, 0));
    assertEquals(
        tooShort, receiver.unprotectRtcp(octets, 0, 8 + profile.rtcpOverhead() - 1, out, 0));
    assertEquals(tooShort, Octet.client(profile).sender().protectRtcp(octets, 0, 7, out, 0));
  }

  @ParameterizedTest
  @EnumSource
  void whatDoesNotFitIsTheCallersMistakeAndChangesNothing(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    byte[] plain = rtp(SSRC, 1);
    byte[] packet = protect(sender, plain);

    assertThrows(
        IndexOutOfBoundsException.class, () -> protect(sender, plain, new byte[packet.length - 1]));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> receiver.unprotect(packet, 0, packet.length, 12, new byte[plain.length - 1], 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> sender.stream(1).protect(plain, 0, 12, plain, 12, 40, new byte[200], 0));
    assertEquals(told(plain), unprotect(receiver, packet));
  }
}
