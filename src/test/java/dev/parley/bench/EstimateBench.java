package dev.parley.bench;

import com.sun.management.ThreadMXBean;
import dev.parley.engine.congestion.Bounds;
import dev.parley.engine.congestion.PacketKind;
import dev.parley.engine.congestion.SendSide;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.rtcp.TransportFeedbackWriter;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// What the estimate costs: CPU nanoseconds and octets allocated for each packet that leaves and
/// for each feedback, of peers that are sent 2.4 Mbit/s, in bursts as a loop makes them.
final class EstimateBench {
  private static final int PEERS = 150;
  private static final int PACKETS = 25;
  private static final int HEAD = 12;
  private static final int ROUNDS = 400;
  private static final long INTERVAL = 100_000_000L;

  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final SendSide[] sides = new SendSide[PEERS];
  private final TransportFeedbackWriter[] writers = new TransportFeedbackWriter[PEERS];
  private final byte[][] answers = new byte[PEERS][256];
  private final int[] lengths = new int[PEERS];
  private final RtcpWriter writer = new RtcpWriter();
  private int sequence;
  private long now = 1_000_000_000L;

  private EstimateBench() {
    for (int i = 0; i < PEERS; i++) {
      sides[i] = new SendSide(Bounds.DEFAULT, now);
      sides[i].useful(2_500_000, now);
      writers[i] = new TransportFeedbackWriter(1_024);
    }
  }

  public static void main(String[] arguments) {
    var bench = new EstimateBench();
    for (int i = 0; i < 8; i++) {
      bench.measure();
    }
  }

  private void measure() {
    long departing = 0;
    long departingOctets = 0;
    long feedback = 0;
    long feedbackOctets = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long octets = thread.getCurrentThreadAllocatedBytes();
      long begun = thread.getCurrentThreadCpuTime();
      depart();
      departing += thread.getCurrentThreadCpuTime() - begun;
      departingOctets += thread.getCurrentThreadAllocatedBytes() - octets;
      arrive();
      now += INTERVAL / 2;
      octets = thread.getCurrentThreadAllocatedBytes();
      begun = thread.getCurrentThreadCpuTime();
      hear();
      feedback += thread.getCurrentThreadCpuTime() - begun;
      feedbackOctets += thread.getCurrentThreadAllocatedBytes() - octets;
    }
    double packets = (double) ROUNDS * PEERS * PACKETS;
    double feedbacks = (double) ROUNDS * PEERS;
    System.out.printf(
        Locale.ROOT,
        "a packet %.1f ns %.3f octets; a feedback of %d packets %.0f ns %.2f octets; together %.1f"
            + " ns a packet; estimate %d%n",
        departing / packets,
        departingOctets / packets,
        PACKETS,
        feedback / feedbacks,
        feedbackOctets / feedbacks,
        (departing + feedback) / packets,
        sides[0].estimate());
  }

  /// Each packet asks the pacer, as it does when it may leave; then the probe is asked for.
  private void depart() {
    for (int burst = 0; burst < 5; burst++) {
      for (SendSide side : sides) {
        for (int i = 0; i < PACKETS / 5; i++) {
          if (side.delay(PacketKind.VIDEO, now) >= 0) {
            side.departing(1_200, PacketKind.VIDEO, now);
          }
        }
        if (now - side.deadline() >= 0) {
          side.tick(now);
        }
        side.padding(now);
      }
      now += INTERVAL / 10;
    }
  }

  private void arrive() {
    int first = sequence;
    sequence += PACKETS;
    for (int peer = 0; peer < PEERS; peer++) {
      long at = now - INTERVAL / 2 + 20_000_000L;
      for (int i = 0; i < PACKETS; i++) {
        writers[peer]
            .arrivals()
            .arrived(first + i, at + i / 5 * (INTERVAL / 10) + i % 5 * 300_000L);
      }
      writer.begin(answers[peer], 0, answers[peer].length);
      writers[peer].write(writer, 1, 2);
      lengths[peer] = writer.length();
    }
  }

  private void hear() {
    for (int peer = 0; peer < PEERS; peer++) {
      sides[peer].feedback(answers[peer], HEAD, lengths[peer] - HEAD, now);
    }
  }
}
