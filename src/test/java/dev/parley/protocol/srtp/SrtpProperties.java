package dev.parley.protocol.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.Octets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class SrtpProperties {
  private static final byte FILL = (byte) 0xee;

  /// Where header and payload stand when a packet is protected.
  enum Layout {
    THREE_ARRAYS,
    HEADER_IN_OUT,
    ALL_IN_OUT
  }

  @Property(tries = 300)
  void whatIsProtectedIsUnprotected(
      @ForAll SrtpProfile profile,
      @ForAll Layout layout,
      @ForAll int ssrc,
      @ForAll @IntRange(max = 0xffff) int sequence,
      @ForAll @IntRange(max = 20) int extensionWords,
      @ForAll @Size(max = 1500) byte[] payload,
      @ForAll @IntRange(max = 9) int at) {
    int headerLength = 12 + 4 * extensionWords;
    byte[] plain = new byte[headerLength + payload.length];
    Octets.put16(plain, 2, sequence);
    Octets.put32(plain, 8, ssrc);
    System.arraycopy(payload, 0, plain, headerLength, payload.length);
    int length = plain.length + profile.rtpOverhead();
    byte[] out = filled(at + length + 9);
    if (layout != Layout.THREE_ARRAYS) {
      System.arraycopy(plain, 0, out, at, headerLength);
    }
    if (layout == Layout.ALL_IN_OUT) {
      System.arraycopy(payload, 0, out, at + headerLength, payload.length);
    }

    int written =
        Octet.client(profile).sender().stream(ssrc)
            .protect(
                layout == Layout.THREE_ARRAYS ? plain : out,
                layout == Layout.THREE_ARRAYS ? 0 : at,
                headerLength,
                layout == Layout.ALL_IN_OUT ? out : payload,
                layout == Layout.ALL_IN_OUT ? at + headerLength : 0,
                payload.length,
                out,
                at);

    assertEquals(length, written);
    assertUntouchedAround(out, at, length);
    assertArrayEquals(
        Arrays.copyOf(plain, headerLength), Arrays.copyOfRange(out, at, at + headerLength));
    byte[] back = filled(at + plain.length + 9);
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    assertEquals(plain.length, receiver.unprotect(out, at, length, headerLength, back, at));
    assertArrayEquals(plain, Arrays.copyOfRange(back, at, at + plain.length));
    assertUntouchedAround(back, at, plain.length);
    assertEquals(sequence, receiver.lastIndex());
  }

  @Property(tries = 200)
  void whatIsProtectedInPlaceIsUnprotectedInPlace(
      @ForAll SrtpProfile profile, @ForAll @Size(max = 300) byte[] payload) {
    byte[] plain = new byte[12 + payload.length];
    System.arraycopy(payload, 0, plain, 12, payload.length);
    byte[] packet = Octet.protect(Octet.client(profile).sender(), plain);

    SrtpReceiver receiver = Octet.server(profile).receiver(1);

    assertEquals(plain.length, receiver.unprotect(packet, 0, packet.length, 12, packet, 0));
    assertArrayEquals(plain, Arrays.copyOf(packet, plain.length));
  }

  @Property(tries = 200)
  void controlPacketsAreUnprotectedAsTheyWereProtected(
      @ForAll SrtpProfile profile,
      @ForAll @Size(min = 8, max = 1200) byte[] plain,
      @ForAll boolean inPlace,
      @ForAll @IntRange(max = 9) int at) {
    int length = plain.length + profile.rtcpOverhead();
    byte[] out = filled(at + length + 9);
    if (inPlace) {
      System.arraycopy(plain, 0, out, at, plain.length);
    }

    int written =
        Octet.client(profile)
            .sender()
            .protectRtcp(inPlace ? out : plain, inPlace ? at : 0, plain.length, out, at);

    assertEquals(length, written);
    assertUntouchedAround(out, at, length);
    byte[] back = filled(at + plain.length + 9);
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    assertEquals(plain.length, receiver.unprotectRtcp(out, at, length, back, at));
    assertArrayEquals(plain, Arrays.copyOfRange(back, at, at + plain.length));
    assertUntouchedAround(back, at, plain.length);
  }

  @Property(tries = 1000)
  void hostileOctetsAreOnlyEverRefused(
      @ForAll SrtpProfile profile,
      @ForAll @Size(max = 200) byte[] octets,
      @ForAll @IntRange(min = -5, max = 300) int headerLength) {
    SrtpReceiver receiver = Octet.server(profile).receiver(1);
    byte[] out = new byte[200];

    int rtp = receiver.unprotect(octets, 0, octets.length, headerLength, out, 0);
    int rtcp = receiver.unprotectRtcp(octets, 0, octets.length, out, 0);

    assertTrue(Set.of("TOO_SHORT", "BAD_TAG").contains(SrtpRefusal.of(rtp).name()));
    assertTrue(Set.of("TOO_SHORT", "BAD_TAG").contains(SrtpRefusal.of(rtcp).name()));
    assertEquals(0, receiver.streams() + receiver.rtcpStreams());
  }

  @Property(tries = 1000)
  void theIndexIsGuessedAsInAppendixA(
      @ForAll @LongRange(max = 0xffff_ffff_ffffL) long highest,
      @ForAll @IntRange(max = 0xffff) int sequence) {
    long roc = highest >>> 16;
    int latest = (int) highest & 0xffff;
    long guessed;
    if (latest < 32768) {
      guessed = sequence - latest > 32768 ? roc - 1 : roc;
    } else {
      guessed = latest - 32768 > sequence ? roc + 1 : roc;
    }

    assertEquals(guessed << 16 | sequence, PacketIndex.guess(highest, sequence));
  }

  @Property(tries = 300)
  void theWindowLetsEachIndexPassOnce(
      @ForAll @LongRange(min = 3000, max = 9000) long first,
      @ForAll @Size(max = 300) List<@LongRange(min = -4400, max = 2000) Long> steps) {
    ReplayWindow window = new ReplayWindow(first);
    Set<Long> seen = new HashSet<>(Set.of(first));
    long highest = first;
    for (long step : steps) {
      long index = highest + step / 4;
      boolean old = highest - index >= ReplayWindow.SIZE;
      int expected =
          old ? SrtpRefusal.TOO_OLD.code() : seen.contains(index) ? SrtpRefusal.REPLAYED.code() : 0;
      assertEquals(expected, window.check(index));
      if (expected == 0) {
        window.accept(index);
        seen.add(index);
        highest = Math.max(highest, index);
      }
      assertEquals(highest, window.highest());
    }
  }

  @Property(tries = 200)
  void aTableFindsWhatWasPutAndNotWhatWasRemoved(
      @ForAll @Size(max = 200) int[] ssrcs, @ForAll @Size(max = 50) int[] others) {
    StreamTable<Integer> table = new StreamTable<>();
    Map<Integer, Integer> model = new HashMap<>();
    for (int i = 0; i < ssrcs.length; i++) {
      table.put(ssrcs[i], i);
      model.put(ssrcs[i], i);
      if (i % 3 == 0) {
        int gone = ssrcs[i / 2];
        assertEquals(model.remove(gone) != null, table.remove(gone));
      }
    }
    assertEquals(model.size(), table.size());
    for (int ssrc : ssrcs) {
      assertEquals(model.get(ssrc), table.find(ssrc));
    }
    for (int ssrc : others) {
      assertEquals(model.get(ssrc), table.find(ssrc));
    }
  }

  private static byte[] filled(int length) {
    byte[] octets = new byte[length];
    Arrays.fill(octets, FILL);
    return octets;
  }

  private static void assertUntouchedAround(byte[] octets, int at, int length) {
    for (int i = 0; i < octets.length; i++) {
      if (i < at || i >= at + length) {
        assertEquals(FILL, octets[i], "octet " + i);
      }
    }
  }
}
