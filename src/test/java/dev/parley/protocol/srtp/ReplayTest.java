package dev.parley.protocol.srtp;

import static dev.parley.protocol.srtp.Octet.SSRC;
import static dev.parley.protocol.srtp.Octet.protect;
import static dev.parley.protocol.srtp.Octet.protectRtcp;
import static dev.parley.protocol.srtp.Octet.rtcp;
import static dev.parley.protocol.srtp.Octet.rtp;
import static dev.parley.protocol.srtp.Octet.told;
import static dev.parley.protocol.srtp.Octet.unprotect;
import static dev.parley.protocol.srtp.Octet.unprotectRtcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Duplicates, late packets and recorded ones (RFC 3711, section 3.3.2).
class ReplayTest {
  @ParameterizedTest
  @EnumSource
  void aDuplicateIsRefused(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    byte[] packet = protect(sender, rtp(SSRC, 9));

    assertEquals(told(rtp(SSRC, 9)), unprotect(receiver, packet));
    assertEquals("REPLAYED", unprotect(receiver, packet));
    assertEquals("REPLAYED", unprotect(receiver, packet));
  }

  @ParameterizedTest
  @EnumSource
  void aLatePacketIsTakenWithinTheWindowOnly(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    byte[] tooLate = protect(sender, rtp(SSRC, 100));
    byte[] late = protect(sender, rtp(SSRC, 101));
    unprotect(receiver, protect(sender, rtp(SSRC, 100 + ReplayWindow.SIZE)));

    assertEquals("TOO_OLD", unprotect(receiver, tooLate));
    assertEquals(told(rtp(SSRC, 101)), unprotect(receiver, late));
    assertEquals("REPLAYED", unprotect(receiver, late));
  }

  @ParameterizedTest
  @EnumSource
  void aRecordedPacketOfAnEarlierRoundIsRefused(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    byte[] recorded = protect(sender, rtp(SSRC, 500));
    unprotect(receiver, recorded);
    for (int index = 1000; index < 0x10000 + 500; index += 500) {
      unprotect(receiver, protect(sender, rtp(SSRC, index & 0xffff)));
    }

    assertEquals("BAD_TAG", unprotect(receiver, recorded));
  }

  @ParameterizedTest
  @EnumSource
  void streamsHaveWindowsOfTheirOwn(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(2);

    assertEquals(told(rtp(1, 9)), unprotect(receiver, protect(sender, rtp(1, 9))));
    assertEquals(told(rtp(2, 9)), unprotect(receiver, protect(sender, rtp(2, 9))));
    assertEquals(2, receiver.streams());
  }

  @ParameterizedTest
  @EnumSource
  void controlPacketsAreRefusedTwiceToo(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    byte[] first = protectRtcp(sender, rtcp(SSRC));
    byte[] second = protectRtcp(sender, rtcp(SSRC));

    assertEquals(told(rtcp(SSRC)), unprotectRtcp(receiver, second));
    assertEquals(told(rtcp(SSRC)), unprotectRtcp(receiver, first));
    assertEquals("REPLAYED", unprotectRtcp(receiver, first));
    assertEquals("REPLAYED", unprotectRtcp(receiver, second));
    assertEquals(0, receiver.streams());
    assertEquals(1, receiver.rtcpStreams());
  }

  @ParameterizedTest
  @EnumSource
  void anOldControlPacketIsRefused(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    byte[] old = protectRtcp(sender, rtcp(SSRC));
    sender.continueRtcpAfter(ReplayWindow.SIZE);
    unprotectRtcp(receiver, protectRtcp(sender, rtcp(SSRC)));

    assertEquals("TOO_OLD", unprotectRtcp(receiver, old));
  }

  @ParameterizedTest
  @EnumSource
  void aForgottenStreamMakesRoomForAnother(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    unprotect(receiver, protect(sender, rtp(1, 9)));
    assertEquals("TOO_MANY_STREAMS", unprotect(receiver, protect(sender, rtp(2, 9))));

    assertTrue(receiver.forget(1));
    assertFalse(receiver.forget(1));

    assertEquals(told(rtp(2, 10)), unprotect(receiver, protect(sender, rtp(2, 10))));
  }

  @ParameterizedTest
  @EnumSource
  void aSendersHandleIsAlwaysTheSame(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpSender.Stream stream = sender.stream(SSRC);
    for (int ssrc = 0; ssrc < 1000; ssrc++) {
      assertEquals(ssrc, sender.stream(ssrc).ssrc());
    }
    assertTrue(stream == sender.stream(SSRC));
  }
}
