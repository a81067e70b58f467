package dev.parley.engine.sfu;

import static dev.parley.engine.sfu.Packets.MILLISECOND;
import static dev.parley.engine.sfu.Packets.SECOND;
import static dev.parley.engine.sfu.Packets.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.rtp.RtpPacket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacketRingTest {
  private static final long START = Long.MAX_VALUE - SECOND;
  private final PacketRing ring = new PacketRing(64, Duration.ofSeconds(1));

  @Test
  void aPacketIsFoundByItsSequenceNumberWithItsFacts() {
    int slot = put(ring, 7, 3000, true, 50, START);
    assertEquals(slot, ring.find(ring.extend(7)));
    assertEquals(7, ring.sequence(slot) & 0xffff);
    assertEquals(3000, ring.timestamp(slot));
    assertEquals(96, ring.payloadType(slot));
    assertTrue(ring.marker(slot));
    assertEquals(12, ring.headerLength(slot));
    assertEquals(50, ring.payloadLength(slot));
    assertEquals(ring.at(slot) + 12, ring.payloadAt(slot));
    assertEquals(START, ring.arrival(slot));
    assertTrue(Packets.intact(ring, slot, 7));
  }

  @Test
  void sequenceNumbersGoOnAcrossTheWrap() {
    put(ring, 65535, 0, START);
    long before = ring.highest();
    put(ring, 0, 0, START);
    assertEquals(before + 1, ring.highest());
    assertEquals(before, ring.extend(65535));
  }

  @Test
  void aPacketOlderThanTheFirstOneHasAPlaceToo() {
    put(ring, 0, 0, START);
    int slot = put(ring, 65535, 0, START);
    assertEquals(ring.highest() - 1, ring.sequence(slot));
    assertTrue(ring.sequence(slot) > 0);
  }

  @Test
  void whatIsNotCommittedPushesNobodyOut() {
    for (int i = 0; i < 64; i++) {
      put(ring, i, 0, START);
    }
    int reserved = ring.reserve();
    ring.octets(reserved)[ring.at(reserved)] = 77;
    assertEquals(PacketRing.MALFORMED, ring.commit(20, START));
    assertEquals(reserved, ring.reserve());
    for (int i = 1; i < 64; i++) {
      assertTrue(Packets.intact(ring, ring.find(ring.extend(i)), i));
    }
  }

  @Test
  void aPacketIsTakenOnce() {
    put(ring, 1, 0, START);
    assertEquals(PacketRing.DUPLICATE, put(ring, 1, 0, START));
  }

  @Test
  void aPacketOlderThanTheRingReachesBackIsLate() {
    put(ring, 5000, 0, START);
    assertEquals(PacketRing.LATE, put(ring, 4000, 0, START));
  }

  @Test
  void whatDoesNotFitIsMalformed() {
    assertEquals(PacketRing.MALFORMED, ring.commit(ring.room() + 1, START));
  }

  @Test
  void paddingIsNoPayload() {
    int slot = ring.reserve();
    RtpPacket.putHeader(ring.octets(slot), ring.at(slot), false, 96, 1, 0, 5);
    RtpPacket.putPadding(ring.octets(slot), ring.at(slot), true);
    ring.octets(slot)[ring.at(slot) + 21] = 10;
    assertEquals(slot, ring.commit(22, START));
    assertEquals(0, ring.payloadLength(slot));
  }

  @Test
  void aSlowStreamStaysSmall() {
    for (int i = 0; i < 500; i++) {
      put(ring, i, 0, START + i * 100 * MILLISECOND);
    }
    assertEquals(16, ring.slots());
  }

  @Test
  void aFastStreamGrowsToTheCapacityAndNoFurther() {
    for (int i = 0; i < 500; i++) {
      put(ring, i, 0, START + i * MILLISECOND);
    }
    assertEquals(64, ring.slots());
    for (int i = 500 - 63; i < 500; i++) {
      assertTrue(Packets.intact(ring, ring.find(ring.extend(i)), i));
    }
    assertEquals(PacketRing.NONE, ring.find(ring.extend(400)));
  }

  @Test
  void aPacketIsFoundOnlyWhileItIsYoung() {
    int slot = put(ring, 1, 0, START);
    long extended = ring.extend(1);
    assertEquals(slot, ring.find(extended, SECOND, START + SECOND));
    assertEquals(PacketRing.NONE, ring.find(extended, SECOND, START + SECOND + 1));
  }

  @Test
  void aRestartForgetsAllAndCountsOnAboveIt() {
    put(ring, 60000, 0, START);
    long before = ring.highest();
    ring.restart();
    assertEquals(PacketRing.NONE, ring.find(before));
    assertEquals(PacketRing.NONE, ring.highest());
    put(ring, 3, 0, START);
    assertTrue(ring.highest() > before);
    assertEquals(3, ring.highest() & 0xffff);
  }

  @Test
  void aRingThatWasNeverUsedCanBeRestarted() {
    ring.restart();
    assertTrue(put(ring, 3, 0, START) >= 0);
    assertTrue(ring.highest() > 0);
  }

  @Test
  void onlyAnOlderPacketThatIsNotHeldIsMissing() {
    assertFalse(ring.missing(4));
    put(ring, 3, 0, START);
    put(ring, 5, 0, START);
    assertTrue(ring.missing(4));
    assertFalse(ring.missing(3));
    assertFalse(ring.missing(6));
    assertFalse(ring.missing(30_000));
  }

  @Test
  void aCapacityThatIsNoMultipleIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PacketRing(100, Duration.ZERO));
  }

  @Test
  void theLastWholeKeyFrameIsFound() {
    assertEquals(PacketRing.NONE, ring.lastKeyFrame());
    put(ring, 1, 10, START);
    ring.keyFrame(put(ring, 2, 20, START));
    put(ring, 3, 20, true, 10, START);
    put(ring, 4, 30, START);
    assertEquals(ring.extend(2), ring.lastKeyFrame());
    // Of the next one a packet is missing, then comes.
    ring.keyFrame(put(ring, 5, 40, START));
    put(ring, 7, 40, true, 10, START);
    assertEquals(ring.extend(2), ring.lastKeyFrame());
    put(ring, 6, 40, START);
    assertEquals(ring.extend(5), ring.lastKeyFrame());
  }

  @Test
  void aKeyFrameThatIsStillArrivingIsWholeSoFar() {
    ring.keyFrame(put(ring, 2, 20, START));
    put(ring, 3, 20, START);
    assertEquals(ring.extend(2), ring.lastKeyFrame());
  }

  @Test
  void theBeginningOfAKeyFrameIsTheEarliestOfItsPackets() {
    ring.keyFrame(put(ring, 6, 20, START));
    ring.keyFrame(put(ring, 5, 20, START));
    ring.keyFrame(put(ring, 7, 20, START));
    assertEquals(ring.extend(5), ring.lastKeyFrame());
  }

  @Test
  void aKeyFrameThatWasOverwrittenIsGone() {
    ring.keyFrame(put(ring, 0, 20, START));
    for (int i = 1; i < 70; i++) {
      put(ring, i, 20 + i, START);
    }
    assertEquals(PacketRing.NONE, ring.lastKeyFrame());
  }
}
