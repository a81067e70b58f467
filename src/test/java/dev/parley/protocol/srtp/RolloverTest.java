package dev.parley.protocol.srtp;

import static dev.parley.protocol.srtp.Octet.SSRC;
import static dev.parley.protocol.srtp.Octet.protect;
import static dev.parley.protocol.srtp.Octet.rtp;
import static dev.parley.protocol.srtp.Octet.told;
import static dev.parley.protocol.srtp.Octet.unprotect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sequence numbers that wrap, with loss and reordering around it, in both directions (RFC 3711,
/// section 3.3.1).
class RolloverTest {
  private static final int ROUND = 0x10000;

  @ParameterizedTest
  @EnumSource
  void thousandsOfPacketsWithLossAndReorderingCrossTheWrapTwice(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    Random random = new Random(42);
    int received = 0;
    // Each step sends 20 packets in a random order, of which a random third is lost; 150 steps of
    // 1,000 sequence numbers are two rounds and more.
    for (long base = 30_000; base < 30_000 + 150_000; base += 1000) {
      List<Long> burst = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        burst.add(base + 13L * i);
      }
      Collections.shuffle(burst, random);
      for (long index : burst) {
        byte[] plain = rtp(SSRC, (int) (index % ROUND));
        byte[] packet = protect(sender, plain);
        if (random.nextInt(3) > 0) {
          assertEquals(told(plain), unprotect(receiver, packet), "index " + index);
          assertEquals(index, receiver.lastIndex());
          received++;
        }
      }
    }
    assertTrue(received > 1500, received + " received");
  }

  @ParameterizedTest
  @EnumSource
  void aSenderSendsOldPacketsAgainAcrossTheWrapWithTheSameOctets(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    List<byte[]> first = new ArrayList<>();
    protect(sender, rtp(SSRC, 40_000));
    for (int index = ROUND - 300; index < ROUND + 300; index++) {
      first.add(protect(sender, rtp(SSRC, index % ROUND)));
    }

    // None of them arrived; the far end knows an earlier one, and now asks for all of them.
    assertEquals(
        told(rtp(SSRC, ROUND - 400)), unprotect(receiver, protect(sender, rtp(SSRC, ROUND - 400))));
    for (int i = 599; i >= 0; i--) {
      byte[] plain = rtp(SSRC, (ROUND - 300 + i) % ROUND);
      byte[] again = protect(sender, plain);
      assertEquals(told(first.get(i)), told(again), "packet " + i);
      assertEquals(told(plain), unprotect(receiver, again), "packet " + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePacketSentLastMayBeSentAgainAtOnce(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    byte[] once = protect(sender, rtp(SSRC, 7));

    assertEquals(told(once), told(protect(sender, rtp(SSRC, 7))));
    assertEquals(told(once), told(protect(sender, rtp(SSRC, 7))));
  }

  @ParameterizedTest
  @EnumSource
  void aPacketFromBeforeTheFirstOneHasNoIndexToSendItUnder(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    byte[] out = new byte[200];
    protect(sender, rtp(SSRC, 0));

    assertEquals("TOO_OLD", SrtpRefusal.of(protect(sender, rtp(SSRC, 65535), out)).name());
    protect(sender, rtp(SSRC, 1));
  }

  @ParameterizedTest
  @EnumSource
  void aPacketFromBeforeTheFirstOneIsRefusedAndForgotten(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    byte[] late = protect(Octet.client(profile).sender(), rtp(SSRC, 65535));
    unprotect(receiver, protect(sender, rtp(SSRC, 0)));

    assertEquals("TOO_OLD", unprotect(receiver, late));
    assertEquals(told(rtp(SSRC, 1)), unprotect(receiver, protect(sender, rtp(SSRC, 1))));
  }

  @ParameterizedTest
  @EnumSource
  void aReceiverThatMissesHalfARoundAndMoreLosesTheStream(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    unprotect(receiver, protect(sender, rtp(SSRC, 40_000)));
    for (int index = 40_000; index < 40_000 + 3 * ROUND / 4; index += 1000) {
      protect(sender, rtp(SSRC, index % ROUND));
    }
    // 32,768 and more behind the sender's: it takes them for a packet of its own round.
    int sequence = (40_000 + 3 * ROUND / 4) % ROUND;

    assertEquals("BAD_TAG", unprotect(receiver, protect(sender, rtp(SSRC, sequence + 20_000))));
    assertEquals(40_000, receiver.lastIndex());
  }

  @ParameterizedTest
  @EnumSource
  void theLastIndexOfAllIsTheLastOneProtected(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    sender.stream(SSRC).continueAfter(PacketIndex.LAST - 1);
    protect(sender, rtp(SSRC, 0xffff));

    int refused = protect(sender, rtp(SSRC, 0), new byte[200]);

    assertEquals("KEY_EXHAUSTED", SrtpRefusal.of(refused).name());
  }

  @ParameterizedTest
  @EnumSource
  void theLastControlIndexIsTheLastOneProtected(SrtpProfile profile) {
    SrtpSender sender = Octet.client(profile).sender();
    sender.continueRtcpAfter(0x7fff_fffe);
    byte[] plain = Octet.rtcp(SSRC);
    byte[] last = Octet.protectRtcp(sender, plain);

    int refused = sender.protectRtcp(plain, 0, plain.length, new byte[100], 0);

    assertEquals("KEY_EXHAUSTED", SrtpRefusal.of(refused).name());
    assertEquals(told(plain), Octet.unprotectRtcp(Octet.server(profile).receiver(1), last));
  }
}
