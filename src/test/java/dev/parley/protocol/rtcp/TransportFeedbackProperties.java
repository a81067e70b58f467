package dev.parley.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TransportFeedbackProperties {
  private static final int CAPACITY = 4096;

  /// A step from one arrival to the next, in numbers and nanoseconds.
  record Step(int numbers, long nanos) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> numbers =
        Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.just(1)),
            Tuple.of(4, Arbitraries.integers().between(1, 4)),
            Tuple.of(1, Arbitraries.integers().between(1, 40)));
    Arbitrary<Long> nanos =
        Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.longs().between(0, 5_000_000)),
            Tuple.of(2, Arbitraries.longs().between(-5_000_000, 100_000_000)),
            Tuple.of(1, Arbitraries.longs().between(-20_000_000_000L, 20_000_000_000L)));
    return Combinators.combine(numbers, nanos).as(Step::new).list().ofMinSize(1).ofMaxSize(90);
  }

  /// All that feedback says of received packets: number to ticks modulo the 24-bit reference.
  private static Map<Long, Long> readBack(TransportFeedbackWriter writer, int room, long first) {
    Map<Long, Long> read = new TreeMap<>();
    TransportFeedback feedback = new TransportFeedback();
    byte[] octets = new byte[room + 8];
    RtcpWriter out = new RtcpWriter();
    long next = first;
    int count = 0;
    while (writer.arrivals().pending()) {
      assertTrue(writer.write(out.begin(octets, 3, 3 + room), 1, 2));
      assertTrue(out.length() <= room && out.length() % 4 == 0);
      List<int[]> parts = new ArrayList<>();
      RtcpRefusal refusal =
          RtcpReader.read(
              octets,
              3,
              out.length(),
              new RtcpVisitor() {
                @Override
                public void transportFeedback(
                    int senderSsrc, int mediaSsrc, byte[] o, int at, int length) {
                  parts.add(new int[] {at, length});
                }
              });
      assertEquals(RtcpRefusal.NONE, refusal);
      assertEquals(1, parts.size());
      feedback.read(octets, parts.get(0)[0], parts.get(0)[1]);
      assertEquals((int) next & 0xffff, feedback.baseSequence());
      assertEquals(count++ & 0xff, feedback.feedbackCount());
      while (feedback.next()) {
        assertEquals((int) next & 0xffff, feedback.sequence());
        if (feedback.received()) {
          read.put(next, feedback.ticks() & 0xffff_ffffL);
        }
        next++;
      }
    }
    return read;
  }

  @Property(tries = 1000)
  void everyArrivalReadsBackToTheTickWhateverIsLost(
      @ForAll @IntRange(max = 0xffff) int first,
      @ForAll @LongRange long start,
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(min = 24 + 4, max = 300) int room) {
    TransportFeedbackWriter writer = new TransportFeedbackWriter(CAPACITY);
    Map<Long, Long> expected = new TreeMap<>();
    long number = first;
    long now = start / 4;
    for (Step step : steps) {
      writer.arrivals().arrived((int) number, now);
      expected.put(number, Math.floorDiv(now, TransportFeedback.TICK) & 0xffff_ffffL);
      number += step.numbers();
      now += step.nanos();
    }
    assertEquals(expected, readBack(writer, room, first));
  }

  @Property(tries = 300)
  void reorderedArrivalsReadBackToo(
      @ForAll @IntRange(max = 0xffff) int first, @ForAll List<@IntRange(max = 500) Integer> order) {
    TransportFeedbackWriter writer = new TransportFeedbackWriter(CAPACITY);
    Map<Long, Long> expected = new TreeMap<>();
    long now = 0;
    writer.arrivals().arrived(first, now);
    expected.put((long) first, 0L);
    for (int ahead : order) {
      now += 1_000_000;
      if (writer.arrivals().arrived(first + ahead, now)) {
        expected.put((long) first + ahead, now / TransportFeedback.TICK);
      }
    }
    assertEquals(expected, readBack(writer, 100, first));
  }

  @Property(tries = 300)
  void whatComesLateIsToldLate(
      @ForAll @IntRange(max = 0xffff) int first,
      @ForAll List<@IntRange(min = -30, max = 60) Integer> jumps,
      @ForAll @IntRange(min = 1, max = 9) int feedbackEvery) {
    TransportFeedbackWriter writer = new TransportFeedbackWriter(1024);
    Map<Integer, Long> expected = new TreeMap<>();
    Map<Integer, Long> heard = new TreeMap<>();
    byte[] octets = new byte[1200];
    RtcpWriter out = new RtcpWriter();
    int number = first;
    long tick = 1 << 16;
    for (int i = 0; i < jumps.size(); i++) {
      number += jumps.get(i);
      tick++;
      if (writer.arrivals().arrived(number, tick * TransportFeedback.TICK)) {
        expected.put(number & 0xffff, tick);
      }
      if (i % feedbackEvery == 0 || i == jumps.size() - 1) {
        while (writer.write(out.begin(octets, 0, 1200), 1, 2)) {
          hear(octets, out.length(), heard);
        }
      }
    }
    assertEquals(expected, heard);
  }

  private static void hear(byte[] octets, int length, Map<Integer, Long> heard) {
    TransportFeedback feedback = new TransportFeedback();
    RtcpVisitor visitor =
        new RtcpVisitor() {
          @Override
          public void transportFeedback(int s, int m, byte[] buffer, int at, int fci) {
            feedback.read(buffer, at, fci);
            while (feedback.nextReceived()) {
              heard.put(feedback.sequence(), feedback.ticks());
            }
          }
        };
    assertEquals(RtcpRefusal.NONE, RtcpReader.read(octets, 0, length, visitor));
  }

  @Property(tries = 100)
  void aWholeRingInOneRhythmTakesFewOctets(@ForAll @IntRange(max = 0xffff) int first) {
    TransportFeedbackWriter writer = new TransportFeedbackWriter(1024);
    for (int i = 0; i < 1024; i++) {
      writer.arrivals().arrived(first + i, i * 1_000_000L);
    }
    RtcpWriter out = new RtcpWriter().begin(new byte[2000], 0, 2000);
    assertTrue(writer.write(out, 1, 2));
    assertEquals(20 + 2 + 1024 + 2, out.length());
  }

  @Property(tries = 1000)
  void referenceIntervalsAreSignedAndWrap(
      @ForAll int from, @ForAll @IntRange(min = -0x80_0000, max = 0x7f_ffff) int distance) {
    int a = from << 8 >> 8;
    int b = from + distance << 8 >> 8;
    assertEquals(distance * 256L, TransportFeedback.referenceTicks(a, b));
  }
}
