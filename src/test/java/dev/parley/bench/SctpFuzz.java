package dev.parley.bench;

import dev.parley.protocol.sctp.ChannelParameters;
import dev.parley.protocol.sctp.ChannelRefused;
import dev.parley.protocol.sctp.SctpAssociation;
import dev.parley.protocol.sctp.SctpEffects;
import dev.parley.protocol.sctp.SctpEvent;
import dev.parley.protocol.sctp.SctpKit;
import dev.parley.protocol.sctp.SctpLimits;
import dev.parley.protocol.sctp.SctpSetup;
import dev.parley.wire.Octets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/// Throws damaged packets with good checksums and tags at associations in the middle of a
/// conversation: of packets the peer really sends, octets are changed, cut off, or added.
///
/// `SctpFuzz [inputs] [seed]` ends with status 1 and prints the input on any exception, and where
/// an association keeps more than it may. The same seed makes the same inputs.
public final class SctpFuzz {
  /// What a run met.
  ///
  /// @param ended associations that the damage, or what it made the peer say, has ended
  /// @param messages told in spite of all
  public record Outcome(long inputs, long refused, long ended, long messages) {}

  private static final int KEPT = 64;
  private static final int TURNS = 400;
  private static final long MOST_INCOMING =
      SctpLimits.DEFAULT.receiveWindow() + SctpLimits.DEFAULT.message();

  private final SplittableRandom random;
  private final SctpKit kit;
  private final byte[][] packets = new byte[KEPT][];
  private final End[] receivers = new End[KEPT];
  private final CRC32C crc = new CRC32C();
  private int first;
  private int next;
  private long now;
  private long refused;
  private long ended;
  private long messages;

  private final class End implements SctpEffects {
    final SctpAssociation association;
    End other;

    End(boolean client) {
      association = new SctpAssociation(kit, SctpSetup.of(client, 0), SctpLimits.DEFAULT, this);
    }

    @Override
    public void transmit(byte[] octets, int at, int length) {
      if (next - first < KEPT) {
        packets[next % KEPT] = Arrays.copyOfRange(octets, at, at + length);
        receivers[next++ % KEPT] = other;
      }
    }

    @Override
    public void message(int channel, boolean binary, byte[] octets, int at, int length) {
      messages++;
      if (random.nextInt(4) == 0) {
        byte[] copy = Arrays.copyOfRange(octets, at, at + length);
        association.send(channel, binary, copy, 0, length, now);
      }
    }

    @Override
    public void happened(SctpEvent event) {
      if (event instanceof SctpEvent.Opened(int channel, var parameters)
          && parameters.priority() < 8) {
        association.close(channel, now);
      }
    }
  }

  private SctpFuzz(long seed) {
    random = new SplittableRandom(seed);
    kit = new SctpKit(random, new byte[32]);
  }

  public static void main(String[] arguments) throws Exception {
    FuzzRun.main(arguments, 10_000_000, SctpFuzz::run);
  }

  /// Runs the inputs of a seed.
  ///
  /// @throws AssertionError with the input, on anything but what may happen
  public static Outcome run(long inputs, long seed) {
    SctpFuzz fuzz = new SctpFuzz(seed);
    long done = 0;
    while (done < inputs) {
      done += fuzz.conversation(Math.min(inputs - done, 500));
    }
    return new Outcome(done, fuzz.refused, fuzz.ended, fuzz.messages);
  }

  private long conversation(long most) {
    first = 0;
    next = 0;
    now = random.nextLong();
    End client = new End(true);
    End server = new End(false);
    client.other = server;
    server.other = client;
    client.association.connect(now);
    long inputs = 0;
    for (int turn = 0; turn < TURNS && inputs < most; turn++) {
      say(random.nextBoolean() ? client : server);
      while (first != next && inputs < most) {
        deliver();
        inputs++;
      }
      now += random.nextInt(300) * 1_000_000L;
      client.association.tick(now);
      server.association.tick(now);
      if (over(client) && over(server)) {
        break;
      }
    }
    refused += client.association.counts().refused() + server.association.counts().refused();
    ended += (over(client) ? 1 : 0) + (over(server) ? 1 : 0);
    return Math.max(inputs, 1);
  }

  private static boolean over(End end) {
    return end.association.state() == SctpAssociation.State.ENDED;
  }

  private void say(End end) {
    try {
      int kind = random.nextInt(3);
      int channel =
          end.association.open(
              new ChannelParameters(
                  "fuzz",
                  "",
                  random.nextBoolean(),
                  kind == 1 ? random.nextInt(3) : -1,
                  kind == 2 ? random.nextInt(500) : -1,
                  random.nextInt(16)),
              now);
      byte[] octets = new byte[random.nextInt(random.nextInt(5) == 0 ? 20_000 : 200)];
      end.association.send(channel, random.nextBoolean(), octets, 0, octets.length, now);
      if (random.nextInt(3) == 0) {
        end.association.close(channel, now);
      }
      end.association.flush(now);
    } catch (ChannelRefused bounded) {
      // Too many are open, or it is over: the damage goes on.
    }
  }

  private void deliver() {
    byte[] packet = packets[first % KEPT];
    End end = receivers[first++ % KEPT];
    if (random.nextInt(3) == 0) {
      packet = damaged(packet);
    }
    try {
      end.association.receive(packet, 0, packet.length, now);
    } catch (RuntimeException bug) {
      throw new AssertionError(HexFormat.of().formatHex(packet), bug);
    }
    if (end.association.incoming() > MOST_INCOMING
        || end.association.held() > SctpLimits.DEFAULT.sendBuffer()) {
      throw new AssertionError("keeps too much after " + HexFormat.of().formatHex(packet));
    }
  }

  private byte[] damaged(byte[] good) {
    int length =
        random.nextInt(8) == 0 ? Math.max(16, good.length + random.nextInt(-20, 20)) : good.length;
    byte[] bad = Arrays.copyOf(good, length);
    int hits = random.nextInt(4);
    for (int i = 0; i < hits; i++) {
      // Mostly the fields of headers, where it hurts most.
      int reach = random.nextInt(4) == 0 ? length : Math.min(length, 44);
      bad[random.nextInt(12, reach)] = (byte) octet();
    }
    Octets.put32(bad, 8, 0);
    crc.reset();
    crc.update(bad, 0, length);
    Octets.put32(bad, 8, Integer.reverseBytes((int) crc.getValue()));
    return bad;
  }

  private int octet() {
    return random.nextBoolean() ? random.nextInt(16) : random.nextInt(256);
  }
}
