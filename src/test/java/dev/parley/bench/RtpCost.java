package dev.parley.bench;

import com.sun.management.ThreadMXBean;
import dev.parley.protocol.rtp.ExtensionValues;
import dev.parley.protocol.rtp.HeaderExtensionWriter;
import dev.parley.protocol.rtp.HeaderExtensions;
import dev.parley.protocol.rtp.MediaCodec;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.rtp.Unwrapper;
import dev.parley.protocol.rtp.Vp8Descriptor;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/// What the RTP steps of a forwarded packet cost one thread: CPU nanoseconds and octets allocated.
///
/// `java -cp … dev.parley.bench.RtpCost [rounds]` prints a row per step. The packets lie one behind
/// another in a buffer larger than the first cache, like datagrams in a ring.
public final class RtpCost {
  private static final int PACKETS = 1024;
  private static final int STRIDE = 1504;
  private static final int LENGTH = 1200;
  private static final int HEADER = 36;
  private static final int REPEATS = 7;
  private static final HeaderExtensionWriter.Form FORM = HeaderExtensionWriter.Form.MIXED;

  private final byte[] ring = new byte[PACKETS * STRIDE];
  private final byte[] scratch = new byte[2048];
  private final byte[] mid = {'1'};
  private final HeaderExtensionWriter writer = new HeaderExtensionWriter();
  private final Unwrapper unwrapper = Unwrapper.ofSequences();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long rounds;
  private long blackhole;

  private RtpCost(long rounds) {
    this.rounds = rounds;
    Random random = new Random(4);
    random.nextBytes(ring);
    // abs-send-time, transport-wide-cc, mid, rid and padding: what Chromium sends for simulcast.
    byte[] extensions = HexFormat.of().parseHex("bede0005225a1b2c310102403110aaa0680000f0ffffffff");
    byte[] vp8 = HexFormat.of().parseHex("90f09234072350d2029d012a8002e00100");
    for (int i = 0; i < PACKETS; i++) {
      int at = i * STRIDE;
      RtpPacket.putHeader(ring, at, i % 7 == 6, 96, i, 3000 * (i / 7), 0xcafebabe);
      RtpPacket.putExtension(ring, at, true);
      System.arraycopy(extensions, 0, ring, at + 12, extensions.length);
      System.arraycopy(vp8, 0, ring, at + HEADER, vp8.length);
    }
  }

  /// Prints the rows.
  public static void main(String[] arguments) {
    new RtpCost(arguments.length > 0 ? Long.parseLong(arguments[0]) : 20_000).run();
  }

  private void run() {
    row("header: length, fields", this::header);
    row("header, one extension found", this::oneExtension);
    row("header, all extensions walked", this::allExtensions);
    row("header, key frame of VP8", this::keyFrame);
    row("VP8 numbers read and written", this::renumber);
    row("new header with 3 extensions", this::rewrite);
    System.out.println("(" + blackhole + ")");
  }

  private int header(int at) {
    int header = RtpPacket.headerLength(ring, at, LENGTH);
    int fields = RtpPacket.ssrc(ring, at) ^ RtpPacket.timestamp(ring, at);
    long sequence = unwrapper.unwrap(RtpPacket.sequence(ring, at));
    return header + fields + RtpPacket.payloadType(ring, at) + (int) sequence;
  }

  private int oneExtension(int at) {
    int header = RtpPacket.headerLength(ring, at, LENGTH);
    int value = HeaderExtensions.find(ring, at, header, 3);
    int length = HeaderExtensions.length(ring, at, value);
    return ExtensionValues.transportSequence(ring, value, length);
  }

  private int allExtensions(int at) {
    int header = RtpPacket.headerLength(ring, at, LENGTH);
    int sum = 0;
    int element = HeaderExtensions.first(ring, at, header);
    while (element != HeaderExtensions.NONE) {
      sum += HeaderExtensions.id(ring, at, element) * element;
      element = HeaderExtensions.next(ring, at, header, element);
    }
    return sum;
  }

  private int keyFrame(int at) {
    int header = RtpPacket.headerLength(ring, at, LENGTH);
    int payload = RtpPacket.payloadLength(ring, at, LENGTH);
    return MediaCodec.VP8.keyFrame(ring, at + header, payload) ? 1 : 0;
  }

  private int renumber(int at) {
    int payload = at + HEADER;
    Vp8Descriptor.putPictureId(ring, payload, Vp8Descriptor.pictureId(ring, payload) + 1);
    Vp8Descriptor.putTl0PicIdx(ring, payload, Vp8Descriptor.tl0PicIdx(ring, payload) + 1);
    return Vp8Descriptor.length(ring, payload, LENGTH - HEADER);
  }

  private int rewrite(int at) {
    RtpPacket.putHeader(
        scratch, 0, RtpPacket.marker(ring, at), 98, RtpPacket.sequence(ring, at) + 5, at, 1);
    writer.begin(scratch, RtpPacket.FIXED_HEADER, FORM);
    ExtensionValues.putAbsSendTime(
        scratch, writer.put(2, ExtensionValues.ABS_SEND_TIME_LENGTH), at * 1000L);
    ExtensionValues.putTransportSequence(
        scratch, writer.put(3, ExtensionValues.TRANSPORT_SEQUENCE_LENGTH), at);
    writer.put(4, mid, 0, mid.length);
    RtpPacket.putExtension(scratch, 0, true);
    return writer.finish() + scratch[at & 15];
  }

  /// The best and the worst of some repeats behind two to warm up.
  private void row(String name, IntUnaryOperator step) {
    double best = Double.MAX_VALUE;
    double worst = 0;
    long allocated = 0;
    for (int repeat = -2; repeat < REPEATS; repeat++) {
      long octets = threads.getCurrentThreadAllocatedBytes();
      long cpu = threads.getCurrentThreadCpuTime();
      long sum = turn(step);
      double ns = (double) (threads.getCurrentThreadCpuTime() - cpu) / (rounds * PACKETS);
      octets = threads.getCurrentThreadAllocatedBytes() - octets;
      blackhole += sum;
      if (repeat >= 0) {
        best = Math.min(best, ns);
        worst = Math.max(worst, ns);
        allocated = Math.max(allocated, octets);
      }
    }
    System.out.printf(
        "%-32s %5.1f..%.1f ns a packet, %.4f octets%n",
        name, best, worst, (double) allocated / (rounds * PACKETS));
  }

  private long turn(IntUnaryOperator step) {
    long sum = 0;
    for (long round = 0; round < rounds; round++) {
      for (int i = 0; i < PACKETS; i++) {
        sum += step.applyAsInt(i * STRIDE);
      }
    }
    return sum;
  }
}
