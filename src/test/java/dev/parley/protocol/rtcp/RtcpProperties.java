package dev.parley.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class RtcpProperties {
  private static final int AT = 5;

  private final byte[] octets = new byte[4096];
  private final RtcpWriter out = new RtcpWriter();

  private RtcpWriter begin() {
    Arrays.fill(octets, (byte) 0xee);
    return out.begin(octets, AT, octets.length);
  }

  private void assertTold(List<? extends Told> told) {
    assertEquals(
        new Told.Outcome(RtcpRefusal.NONE, List.copyOf(told)), Told.read(octets, AT, out.length()));
    assertEquals((byte) 0xee, octets[AT + out.length()], "nothing is written after the end");
    assertEquals((byte) 0xee, octets[AT - 1]);
  }

  @Property(tries = 300)
  void senderReportsReadBack(
      @ForAll int ssrc,
      @ForAll long ntp,
      @ForAll int rtp,
      @ForAll int packets,
      @ForAll int count,
      @ForAll @Size(max = 31) List<Integer> ssrcs,
      @ForAll @IntRange(max = 255) int fraction,
      @ForAll @IntRange(min = -0x800000, max = 0x7fffff) int lost,
      @ForAll int highest,
      @ForAll int jitter,
      @ForAll int lsr,
      @ForAll int dlsr) {
    begin().senderReport(ssrc, ntp, rtp, packets, count);
    List<Told> told = new ArrayList<>();
    told.add(new Told.SenderReport(ssrc, ntp, rtp, packets, count));
    for (int reported : ssrcs) {
      assertTrue(out.reportBlock(reported, fraction, lost, highest, jitter, lsr, dlsr));
      told.add(new Told.Block(ssrc, reported, fraction, lost, highest, jitter, lsr, dlsr));
    }
    assertTold(told);
  }

  @Property(tries = 200)
  void receiverReportsReadBackInACompound(
      @ForAll int ssrc,
      @ForAll @Size(max = 5) List<Integer> ssrcs,
      @ForAll int any,
      @ForAll @AlphaChars @StringLength(max = 255) String name) {
    begin().receiverReport(ssrc);
    List<Told> told = new ArrayList<>(List.of(new Told.ReceiverReport(ssrc)));
    for (int reported : ssrcs) {
      out.reportBlock(reported, any & 0xff, any >> 8, any, ~any, any + 1, any - 1);
      told.add(new Told.Block(ssrc, reported, any & 0xff, any >> 8, any, ~any, any + 1, any - 1));
    }
    out.cname(ssrc, name.getBytes(StandardCharsets.UTF_8));
    told.add(new Told.Cname(ssrc, name));
    for (int gone : ssrcs) {
      out.bye(gone);
      told.add(new Told.Bye(gone));
    }
    assertTold(told);
  }

  @Property(tries = 200)
  void feedbackReadsBack(
      @ForAll int sender, @ForAll int media, @ForAll @IntRange(max = 255) int sequence) {
    begin().pli(sender, media);
    out.fir(sender, media, sequence);
    out.receiverReferenceTime(sender, (long) media << 32 | sequence);
    out.delaySinceLastRr(sender, media, sequence, ~sequence);
    out.delaySinceLastRr(sender, media + 1, sequence, ~sequence);
    assertTold(
        List.of(
            new Told.Pli(sender, media),
            new Told.Fir(sender, media, sequence),
            new Told.ReferenceTime(sender, (long) media << 32 | sequence),
            new Told.Delay(sender, media, sequence, ~sequence),
            new Told.Delay(sender, media + 1, sequence, ~sequence)));
  }

  @Property(tries = 500)
  void aBitRateReadsBackWithin18Bits(
      @ForAll int sender,
      @ForAll @LongRange long bitrate,
      @ForAll @IntRange(max = 62) int shift,
      @ForAll @Size(max = 255) List<Integer> ssrcs) {
    long rate = bitrate >>> shift;
    int[] list = ssrcs.stream().mapToInt(Integer::intValue).toArray();
    begin().remb(sender, rate, list, list.length);
    long unit = Long.highestOneBit(Math.max(1, rate >>> 17));
    assertTold(List.of(new Told.Remb(sender, rate / unit * unit, ssrcs)));
  }

  @Provide
  Arbitrary<List<Integer>> gaps() {
    Arbitrary<Integer> near = Arbitraries.integers().between(1, 20);
    Arbitrary<Integer> far = Arbitraries.integers().between(1, 300);
    return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(5, near), net.jqwik.api.Tuple.of(1, far))
        .list()
        .ofMinSize(1)
        .ofMaxSize(150);
  }

  @Property(tries = 500)
  void lostSequenceNumbersReadBackInOrder(
      @ForAll @IntRange(max = 0xffff) int first,
      @ForAll("gaps") List<Integer> gaps,
      @ForAll @IntRange(min = 16, max = 200) int room) {
    int[] lost = new int[gaps.size()];
    int next = first;
    for (int i = 0; i < lost.length; i++) {
      next += gaps.get(i);
      lost[i] = next & 0xffff;
    }
    List<Integer> heard = new ArrayList<>();
    int from = 0;
    while (from < lost.length) {
      out.begin(octets, AT, AT + room);
      int written = out.nack(1, 2, lost, from, lost.length);
      assertTrue(written > 0 && out.length() <= room);
      from += written;
      assertEquals(RtcpRefusal.NONE, heard(heard));
    }
    assertEquals(Arrays.stream(lost).boxed().toList(), heard);
  }

  private RtcpRefusal heard(List<Integer> heard) {
    return RtcpReader.read(
        octets,
        AT,
        out.length(),
        new RtcpVisitor() {
          @Override
          public void lost(int senderSsrc, int mediaSsrc, int sequence) {
            heard.add(sequence);
          }
        });
  }

  @Property(tries = 300)
  void aPairNamesItsPidAndOneMoreForEachBit(
      @ForAll @IntRange(max = 0xffff) int pid, @ForAll @IntRange(max = 0xffff) int blp) {
    TreeSet<Integer> distances = new TreeSet<>();
    RtcpVisitor visitor =
        new RtcpVisitor() {
          @Override
          public void lost(int senderSsrc, int mediaSsrc, int sequence) {
            assertEquals(sequence, sequence & 0xffff);
            distances.add(sequence - pid & 0xffff);
          }
        };
    visitor.nack(1, 2, pid, blp);
    int bits = 0;
    for (int distance : distances) {
      bits |= distance == 0 ? 0 : 1 << distance - 1;
    }
    assertEquals(blp, bits);
    assertEquals(1 + Integer.bitCount(blp), distances.size());
  }

  @Property(tries = 2000)
  void hostileOctetsAreRefusedOrTold(@ForAll @Size(max = 400) byte[] hostile) {
    HostileRtcp.read(hostile);
  }

  @Property(tries = 3000)
  void aHostileBodyIsRefusedOrTold(
      @ForAll @IntRange(max = 63) int first,
      @ForAll @IntRange(min = 200, max = 207) int type,
      @ForAll @IntRange(max = 60) int words,
      @ForAll @Size(value = 256) byte[] body) {
    byte[] hostile = Arrays.copyOf(body, 4 * (words + 1));
    hostile[0] = (byte) (0x80 | first);
    hostile[1] = (byte) type;
    hostile[2] = 0;
    hostile[3] = (byte) words;
    HostileRtcp.read(hostile);
  }

  @Property(tries = 1000)
  void aDamagedCompoundIsRefusedOrTold(
      @ForAll @IntRange(max = 400) int where,
      @ForAll byte what,
      @ForAll @IntRange(max = 400) int cut) {
    begin().senderReport(1, 2, 3, 4, 5);
    out.reportBlock(6, 7, 8, 9, 10, 11, 12);
    out.cname(1, "name".getBytes(StandardCharsets.UTF_8));
    out.nack(1, 2, new int[] {3, 4, 50}, 0, 3);
    out.remb(1, 1_000_000, new int[] {1, 2}, 2);
    out.receiverReferenceTime(1, 2);
    out.delaySinceLastRr(1, 2, 3, 4);
    TransportFeedbackWriter writer = new TransportFeedbackWriter(64);
    for (int i = 0; i < 40; i++) {
      writer.arrivals().arrived(i * 3 / 2, i * 20_000_000L);
    }
    writer.write(out, 1, 2);
    out.bye(1);
    byte[] damaged = Arrays.copyOfRange(octets, AT, AT + out.length());
    damaged[where % damaged.length] = what;
    HostileRtcp.read(damaged);
    HostileRtcp.read(Arrays.copyOf(damaged, cut % damaged.length));
  }
}
