package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.rtp.RtpPacket;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RtxProperties {
  private static final int PRIMARY = 0x01020304;
  private static final int RTX = 0x0a0b0c0d;
  private final RtxUnwrapper unwrapper = new RtxUnwrapper(PRIMARY);

  RtxProperties() {
    unwrapper.associate(97, 96);
  }

  @Property
  void whatWasSentAgainIsTheOriginal(
      @ForAll @IntRange(max = 65535) int sequence,
      @ForAll @Size(min = 1, max = 50) byte[] payload,
      @ForAll boolean marker) {
    byte[] original = new byte[RtpPacket.FIXED_HEADER + payload.length];
    RtpPacket.putHeader(original, 0, marker, 96, sequence, 77, PRIMARY);
    System.arraycopy(payload, 0, original, 12, payload.length);
    byte[] rtx = new byte[100];
    RtpPacket.putHeader(rtx, 3, marker, 97, 5, 77, RTX);
    int length = 12 + RtxForm.write(rtx, 3 + 12, sequence, payload, 0, payload.length);
    assertEquals(original.length, unwrapper.unwrap(rtx, 3, length));
    assertArrayEquals(original, Arrays.copyOfRange(rtx, 3, 3 + original.length));
  }

  @Property
  void anyOctetsAreRefusedOrStayShorter(@ForAll @Size(max = 60) byte[] octets) {
    byte[] before = octets.clone();
    int length = unwrapper.unwrap(octets, 0, octets.length);
    if (length == RtxUnwrapper.NONE) {
      assertArrayEquals(before, octets);
    } else {
      assertTrue(length <= octets.length - 2);
      assertTrue(RtpPacket.wellFormed(octets, 0, length));
    }
  }

  @Example
  void probesOfPaddingAloneAreNoOriginal() {
    byte[] probe = new byte[12 + 255];
    RtpPacket.putHeader(probe, 0, false, 97, 5, 77, RTX);
    RtpPacket.putPadding(probe, 0, true);
    probe[probe.length - 1] = (byte) 255;
    assertEquals(RtxUnwrapper.NONE, unwrapper.unwrap(probe, 0, probe.length));
  }

  @Example
  void paddingBehindAnOriginalGoesAway() {
    byte[] rtx = new byte[12 + 2 + 1 + 4];
    RtpPacket.putHeader(rtx, 0, false, 97, 5, 77, RTX);
    RtpPacket.putPadding(rtx, 0, true);
    rtx[13] = 9;
    rtx[14] = 42;
    rtx[18] = 4;
    assertEquals(13, unwrapper.unwrap(rtx, 0, rtx.length));
    assertEquals(42, rtx[12]);
    assertEquals(9, RtpPacket.sequence(rtx, 0));
    assertEquals(1, RtpPacket.payloadLength(rtx, 0, 13));
  }

  @Example
  void aPayloadTypeNobodyAssociatedIsNoOriginal() {
    byte[] rtx = new byte[20];
    RtpPacket.putHeader(rtx, 0, false, 98, 5, 77, RTX);
    assertEquals(RtxUnwrapper.NONE, unwrapper.unwrap(rtx, 0, rtx.length));
  }

  @Example
  void aRetransmissionStreamCountsForItself() {
    RtxForm form = new RtxForm(32_767);
    assertEquals(32_767, form.nextSequence());
    assertEquals(32_768, form.nextSequence());
  }
}
