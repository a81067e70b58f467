package dev.parley.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What one compound of every packet costs in garbage, written and read again: nothing.
@Tag("alone")
class RtcpAllocationTest implements RtcpVisitor {
  private static final int PHASES = 20;
  private static final int MEASURED = 20_000;

  private final byte[] octets = new byte[1500];
  private final RtcpWriter out = new RtcpWriter();
  private final TransportFeedbackWriter writer = new TransportFeedbackWriter(1024);
  private final TransportFeedback feedback = new TransportFeedback();
  private final byte[] name = new byte[16];
  private final int[] lost = {1, 2, 5, 40};
  private int sequence;
  private long heard;

  @Override
  public void reportBlock(
      int sender, int ssrc, int fraction, int gone, int highest, int jitter, int lsr, int dlsr) {
    heard += NtpTime.roundTrip(highest, lsr, dlsr);
  }

  @Override
  public void lost(int senderSsrc, int mediaSsrc, int number) {
    heard += number;
  }

  @Override
  public void transportFeedback(int senderSsrc, int mediaSsrc, byte[] buffer, int at, int length) {
    feedback.read(buffer, at, length);
    while (feedback.nextReceived()) {
      heard += feedback.ticks();
    }
  }

  private void writtenAndRead() {
    out.begin(octets, 0, octets.length);
    out.senderReport(1, 2, 3, 4, 5);
    out.reportBlock(6, 7, 8, 9, 10, 11, 12);
    out.cname(1, name);
    out.nack(1, 2, lost, 0, lost.length);
    out.pli(1, 2);
    out.fir(1, 2, 3);
    out.remb(1, 1_000_000, lost, 2);
    out.receiverReferenceTime(1, 2);
    out.delaySinceLastRr(1, 2, 3, 4);
    for (int i = 0; i < 50; i++) {
      sequence += 1 + (i & 1);
      writer.arrivals().arrived(sequence, sequence * 3_000_000L);
    }
    writer.write(out, 1, 2);
    out.bye(1);
    assertEquals(RtcpRefusal.NONE, RtcpReader.read(octets, 0, out.length(), this));
  }

  @Test
  void aCompoundOfEveryPacketAllocatesNothing() {
    List<Long> phases = new ArrayList<>();
    while (phases.size() < PHASES && (phases.isEmpty() || phases.getLast() >= MEASURED)) {
      long before = allocated();
      for (int i = 0; i < MEASURED; i++) {
        writtenAndRead();
      }
      phases.add(allocated() - before);
    }
    // Below one octet a compound: the bookkeeping of the measurement.
    assertTrue(phases.getLast() < MEASURED, "octets for " + MEASURED + " compounds: " + phases);
    assertTrue(heard != 0);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().threadId());
  }
}
