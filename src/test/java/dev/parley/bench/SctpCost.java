package dev.parley.bench;

import com.sun.management.ThreadMXBean;
import dev.parley.protocol.sctp.ChannelParameters;
import dev.parley.protocol.sctp.ChannelRefused;
import dev.parley.protocol.sctp.SctpAssociation;
import dev.parley.protocol.sctp.SctpEffects;
import dev.parley.protocol.sctp.SctpEvent;
import dev.parley.protocol.sctp.SctpKit;
import dev.parley.protocol.sctp.SctpLimits;
import dev.parley.protocol.sctp.SctpSetup;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/// Megabytes per CPU second through two associations, sender and receiver together, and allocated
/// octets per message, for messages of several sizes with and without loss.
///
/// `SctpCost [megabytes]`; the first rounds warm up, read the last.
public final class SctpCost {
  private static final int ROUNDS = 4;
  private static final int[] SIZES = {16, 200, 1100, 16_384, 262_144};
  private static final double[] LOSSES = {0, 0.01};
  private static final int SLOTS = 4096;
  private static final int SLOT = 1200;

  private final byte[][] slots = new byte[SLOTS][SLOT];
  private final int[] lengths = new int[SLOTS];
  private final End[] receivers = new End[SLOTS];
  private final SplittableRandom random = new SplittableRandom(1);
  private final double loss;
  private int first;
  private int next;
  private long now = 1;
  private long packets;
  private long received;

  private final class End implements SctpEffects {
    final SctpAssociation association;
    End other;

    End(SctpKit kit, boolean client) {
      association = new SctpAssociation(kit, SctpSetup.of(client, 0), SctpLimits.DEFAULT, this);
    }

    @Override
    public void transmit(byte[] octets, int at, int length) {
      packets++;
      if (random.nextDouble() < loss) {
        return;
      }
      int slot = next++ & SLOTS - 1;
      if (next - first > SLOTS) {
        throw new AssertionError("too much in flight");
      }
      System.arraycopy(octets, at, slots[slot], 0, length);
      lengths[slot] = length;
      receivers[slot] = other;
    }

    @Override
    public void message(int channel, boolean binary, byte[] octets, int at, int length) {
      received += length;
    }

    @Override
    public void happened(SctpEvent event) {}
  }

  private SctpCost(double loss) {
    this.loss = loss;
  }

  public static void main(String[] arguments) throws ChannelRefused {
    int megabytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    for (int round = 0; round < ROUNDS; round++) {
      for (double loss : LOSSES) {
        for (int size : SIZES) {
          new SctpCost(loss).measure(size, (long) megabytes * (size < 100 ? 100_000 : 1_000_000));
        }
      }
    }
  }

  private void measure(int size, long octets) throws ChannelRefused {
    SctpKit kit = new SctpKit(random, new byte[32]);
    End client = new End(kit, true);
    End server = new End(kit, false);
    client.other = server;
    server.other = client;
    client.association.connect(now);
    int channel = client.association.open(ChannelParameters.reliable("bench"), now);
    byte[] message = new byte[size];
    long count = octets / size;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    long sent = 0;
    while (received < count * size) {
      while (sent < count
          && client.association.held() < 1_000_000
          && client.association.send(channel, true, message, 0, size, now).taken()) {
        sent++;
      }
      turn(client, server);
    }
    double seconds = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
    double garbage = threads.getCurrentThreadAllocatedBytes() - allocated;
    System.out.printf(
        "%6d octets, loss %.2f: %7.1f MB/CPU s %8.0f messages/CPU s %6.1f B garbage a message,"
            + " %5.0f ns a packet, %d retransmissions%n",
        size,
        loss,
        received / seconds / 1e6,
        count / seconds,
        garbage / count,
        seconds * 1e9 / packets,
        client.association.counts().retransmissions());
  }

  // Everything under way arrives ten milliseconds later, in its order.
  private void turn(End client, End server) {
    client.association.flush(now);
    if (first == next) {
      long wait = client.association.deadline();
      now = wait == SctpAssociation.NEVER ? now : Math.max(now, wait);
    }
    now += 1_000_000;
    for (int end = next; first != end; first++) {
      int slot = first & SLOTS - 1;
      receivers[slot].association.receive(slots[slot], 0, lengths[slot], now);
    }
    tick(client);
    tick(server);
  }

  private void tick(End end) {
    long deadline = end.association.deadline();
    if (deadline != SctpAssociation.NEVER && deadline - now <= 0) {
      end.association.tick(now);
    }
  }
}
