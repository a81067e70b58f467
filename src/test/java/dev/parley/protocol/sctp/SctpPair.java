package dev.parley.protocol.sctp;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Two associations in virtual time, with a network between them that loses, doubles and reorders
/// packets as its seed has it.
final class SctpPair {
  static final long MS = 1_000_000L;

  /// How bad the network is.
  ///
  /// @param delay nanoseconds one way
  /// @param jitter nanoseconds at most beyond it
  record Conditions(double loss, double duplication, long delay, long jitter) {
    static final Conditions GOOD = new Conditions(0, 0, 10 * MS, 0);
  }

  /// One packet on its way.
  record Packet(long due, long number, TestEnd to, byte[] octets) implements Comparable<Packet> {
    @Override
    public int compareTo(Packet other) {
      int order = Long.compare(due - other.due, 0);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  final TestEnd client;
  final TestEnd server;
  Conditions conditions;
  long now;
  long packets;
  long octets;
  // Packets for which it says true are lost.
  Predicate<Packet> lost = packet -> false;
  private final SplittableRandom random;
  private final PriorityQueue<Packet> under = new PriorityQueue<>();

  SctpPair(Conditions conditions, long seed) {
    this(conditions, SctpLimits.DEFAULT, seed);
  }

  SctpPair(Conditions conditions, SctpLimits limits, long seed) {
    this(conditions, limits, new SctpKit(new SplittableRandom(seed), new byte[32]), seed);
  }

  SctpPair(Conditions conditions, SctpKit kit, long seed) {
    this(conditions, SctpLimits.DEFAULT, kit, seed);
  }

  private SctpPair(Conditions conditions, SctpLimits limits, SctpKit kit, long seed) {
    this.conditions = conditions;
    this.random = new SplittableRandom(seed + 1);
    this.now = random.nextLong();
    client = new TestEnd(this, kit, true, limits);
    server = new TestEnd(this, kit, false, limits);
    client.other = server;
    server.other = client;
  }

  /// Both are up, over a good network.
  static SctpPair up() {
    return up(Conditions.GOOD, SctpLimits.DEFAULT, 1);
  }

  static SctpPair up(Conditions conditions, SctpLimits limits, long seed) {
    SctpPair pair = new SctpPair(conditions, limits, seed);
    pair.client.association.connect(pair.now);
    pair.until(() -> pair.client.up() && pair.server.up());
    return pair;
  }

  void transmit(TestEnd to, byte[] from, int at, int length) {
    packets++;
    octets += length;
    byte[] copy = Arrays.copyOfRange(from, at, at + length);
    deliver(to, copy);
    if (random.nextDouble() < conditions.duplication) {
      deliver(to, copy);
    }
  }

  private void deliver(TestEnd to, byte[] copy) {
    long jitter = conditions.jitter == 0 ? 0 : random.nextLong(conditions.jitter);
    Packet packet = new Packet(now + conditions.delay + jitter, packets, to, copy);
    if (random.nextDouble() >= conditions.loss && !lost.test(packet)) {
      under.add(packet);
    }
  }

  /// Until something is so, which has to be within ten virtual minutes.
  void until(BooleanSupplier reached) {
    long end = now + 600_000 * MS;
    while (!reached.getAsBoolean()) {
      if (!step(end)) {
        throw new AssertionError(
            "never: "
                + client.association.state()
                + " "
                + server.association.state()
                + " "
                + client.association.counts()
                + " "
                + server.association.counts());
      }
    }
  }

  void pass(long nanos) {
    long end = now + nanos;
    while (step(end)) {}
    now = end;
  }

  /// Until nothing is under way and nobody waits for anything but heartbeats.
  void settle() {
    pass(5_000 * MS);
  }

  private boolean step(long end) {
    long next =
        next(next(under.isEmpty() ? SctpAssociation.NEVER : under.peek().due, client), server);
    if (next == SctpAssociation.NEVER || next - end > 0) {
      return false;
    }
    now = next - now > 0 ? next : now;
    if (!under.isEmpty() && under.peek().due - now <= 0) {
      Packet packet = under.poll();
      packet.to.association.receive(packet.octets, 0, packet.octets.length, now);
    }
    tick(client);
    tick(server);
    return true;
  }

  private void tick(TestEnd end) {
    long deadline = end.association.deadline();
    if (deadline != SctpAssociation.NEVER && deadline - now <= 0) {
      end.association.tick(now);
    }
  }

  private static long next(long so, TestEnd end) {
    long deadline = end.association.deadline();
    if (so == SctpAssociation.NEVER || deadline == SctpAssociation.NEVER) {
      return so == SctpAssociation.NEVER ? deadline : so;
    }
    return deadline - so < 0 ? deadline : so;
  }
}
