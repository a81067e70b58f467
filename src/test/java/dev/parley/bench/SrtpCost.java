package dev.parley.bench;

import com.sun.management.ThreadMXBean;
import dev.parley.protocol.srtp.SrtpKeys;
import dev.parley.protocol.srtp.SrtpProfile;
import dev.parley.protocol.srtp.SrtpReceiver;
import dev.parley.protocol.srtp.SrtpSender;
import dev.parley.wire.Octets;
import java.lang.management.ManagementFactory;
import java.util.Random;

/// CPU nanoseconds and allocated octets per packet that is protected or unprotected, with as many
/// keys in turn as an SFU has receivers.
///
/// `SrtpCost [packets [keys]]`; the first rounds warm up, read the last.
public final class SrtpCost {
  private static final int ROUNDS = 4;
  private static final int HEADER = 20;
  private static final int SSRC = 0x1234_5678;
  private static final int[] PAYLOADS = {160, 1100};

  private final SrtpProfile profile;
  private final int payloadLength;
  private final SrtpSender.Stream[] streams;
  private final SrtpReceiver[] receivers;
  private final byte[] header = new byte[HEADER];
  private final byte[] slot;
  private final byte[] out = new byte[1500];
  private final byte[][] arrived;
  private final byte[] opened = new byte[1500];
  private long sum;

  private SrtpCost(SrtpProfile profile, int payloadLength, int keys, int depth) {
    this.profile = profile;
    this.payloadLength = payloadLength;
    slot = new byte[payloadLength];
    new Random(1).nextBytes(slot);
    Octets.put8(header, 0, 0x90);
    Octets.put32(header, 8, SSRC);
    streams = new SrtpSender.Stream[keys];
    receivers = new SrtpReceiver[keys];
    arrived = new byte[keys * depth][];
    for (int i = 0; i < keys; i++) {
      byte[] exported = new byte[profile.exporterLength()];
      new Random(i).nextBytes(exported);
      streams[i] = SrtpKeys.of(profile, exported, SrtpKeys.Role.SERVER).sender().stream(SSRC);
      receivers[i] = SrtpKeys.of(profile, exported, SrtpKeys.Role.CLIENT).receiver(20);
    }
  }

  public static void main(String[] arguments) {
    int packets = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int keys = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
    for (int round = 0; round < ROUNDS; round++) {
      for (SrtpProfile profile : SrtpProfile.values()) {
        for (int payloadLength : PAYLOADS) {
          new SrtpCost(profile, payloadLength, keys, 200).measure(packets);
        }
      }
    }
  }

  private void measure(int packets) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < packets; i++) {
      protect(i);
    }
    tell("protect", packets, threads, cpu, allocated);
    int sequence = packets / streams.length + 1;
    long spent = 0;
    long garbage = 0;
    int done = 0;
    // Packets are made in batches, outside of what is measured.
    for (; done < packets; done += arrived.length) {
      fill(sequence);
      sequence += arrived.length / streams.length;
      long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
      long cpuBefore = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < arrived.length; i++) {
        unprotect(i);
      }
      spent += threads.getCurrentThreadCpuTime() - cpuBefore;
      garbage += threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
    }
    print("unprotect", (double) spent / done, (double) garbage / done);
  }

  private void protect(int i) {
    Octets.put16(header, 2, i / streams.length);
    int length =
        streams[i % streams.length].protect(header, 0, HEADER, slot, 0, payloadLength, out, 0);
    if (length < 0) {
      throw new AssertionError("refused");
    }
    sum += out[length - 1];
  }

  private void fill(int sequence) {
    for (int i = 0; i < arrived.length; i++) {
      Octets.put16(header, 2, sequence + i / streams.length);
      byte[] packet = new byte[HEADER + payloadLength + profile.rtpOverhead()];
      streams[i % streams.length].protect(header, 0, HEADER, slot, 0, payloadLength, packet, 0);
      arrived[i] = packet;
    }
  }

  private void unprotect(int i) {
    byte[] packet = arrived[i];
    int length =
        receivers[i % receivers.length].unprotect(packet, 0, packet.length, HEADER, opened, 0);
    if (length != HEADER + payloadLength) {
      throw new AssertionError("refused");
    }
    sum += opened[length - 1];
  }

  private void tell(String what, int packets, ThreadMXBean threads, long cpu, long allocated) {
    print(
        what,
        (double) (threads.getCurrentThreadCpuTime() - cpu) / packets,
        (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / packets);
  }

  private void print(String what, double ns, double octets) {
    System.out.printf(
        "%-27s %4d %-9s %7.1f ns %6.1f B a packet (%d)%n",
        profile, payloadLength, what, ns, octets, sum & 0xff);
  }
}
