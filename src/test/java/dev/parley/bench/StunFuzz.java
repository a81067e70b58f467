package dev.parley.bench;

import dev.parley.engine.Effects;
import dev.parley.engine.turn.StunServer;
import dev.parley.protocol.stun.HostileReader;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/// Throws inputs at the STUN parser and the Binding server: noise, well-framed noise, and mutations
/// of the seeds in `fuzz/stun.hex`.
///
/// `StunFuzz [inputs] [seed]` ends with status 1 and prints the input on anything but the codec's
/// own refusal. The same seed makes the same inputs.
public final class StunFuzz {
  /// What a run met.
  public record Outcome(long inputs, long messages, long answers) {}

  private static final TransportAddress SERVER = TransportAddress.ipv4(0xc6336401, 3478);
  private static final TransportAddress CLIENT = TransportAddress.ipv4(0xc0000201, 40000);
  private static final List<FiveTuple> PATHS =
      List.of(
          new FiveTuple(Transport.UDP, SERVER, CLIENT),
          new FiveTuple(Transport.TCP, SERVER, CLIENT),
          new FiveTuple(Transport.UDP, SERVER, new TransportAddress(1, 2, 3)));

  private final SplittableRandom random;
  private final List<byte[]> seeds;
  private final StunServer server = new StunServer(new CheckedAnswers(), counter -> {});
  private long answers;
  private int requestLength;

  private StunFuzz(long seed) throws IOException {
    this.random = new SplittableRandom(seed);
    try (InputStream in = StunFuzz.class.getResourceAsStream("/fuzz/stun.hex")) {
      seeds =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(HexFormat.of()::parseHex)
              .toList();
    }
  }

  public static void main(String[] arguments) throws IOException {
    FuzzRun.main(arguments, 10_000_000, StunFuzz::run);
  }

  /// Runs the inputs of a seed.
  ///
  /// @throws AssertionError with the input in hexadecimal, on anything but a refusal
  public static Outcome run(long inputs, long seed) throws IOException {
    StunFuzz fuzz = new StunFuzz(seed);
    long messages = 0;
    for (byte[] input : fuzz.seeds) {
      messages += fuzz.tried(input) ? 1 : 0;
    }
    for (long i = fuzz.seeds.size(); i < inputs; i++) {
      messages += fuzz.tried(fuzz.next()) ? 1 : 0;
    }
    return new Outcome(inputs, messages, fuzz.answers);
  }

  private boolean tried(byte[] input) {
    try {
      boolean message = HostileReader.readEverything(input);
      if (message && random.nextInt(16) == 0 && HostileReader.verifies(input)) {
        throw new AssertionError("a forged integrity verified");
      }
      requestLength = input.length;
      server.receive(input, 0, input.length, PATHS.get(random.nextInt(PATHS.size())), 0);
      return message;
    } catch (RuntimeException | AssertionError | StackOverflowError bug) {
      throw new AssertionError("on " + HexFormat.of().formatHex(input), bug);
    }
  }

  /// The next input, in a buffer that ends where it ends, so that reading beyond it is noticed.
  private byte[] next() {
    return switch (random.nextInt(8)) {
      case 0 -> noise(random.nextInt(1 + (1 << random.nextInt(11))));
      case 1, 2 -> framed(noise(20 + 4 * random.nextInt(64)));
      case 3 -> framed(attributes());
      case 4, 5 -> mutated();
      default -> framed(mutated());
    };
  }

  private byte[] noise(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  /// Attributes whose types are mostly registered and whose lengths mostly fit.
  private byte[] attributes() {
    byte[] octets = noise(20 + 4 * random.nextInt(160));
    for (int at = 20; at + 4 <= octets.length; ) {
      int type = random.nextInt(0x34) | (random.nextInt(4) == 0 ? 0x8000 : 0);
      int fits = Math.min(33, octets.length - at - 3);
      int length = random.nextInt(20) == 0 ? random.nextInt(0x10000) : random.nextInt(fits);
      Octets.put16(octets, at, type);
      Octets.put16(octets, at + 2, length);
      at += 4 + (length + 3 & ~3);
    }
    return octets;
  }

  /// Gives octets the header of a message, mostly of a Binding request.
  private byte[] framed(byte[] octets) {
    byte[] message = Arrays.copyOf(octets, Math.max(20, octets.length & ~3));
    Octets.put16(message, 0, random.nextInt(3) == 0 ? random.nextInt(0x4000) : 1);
    Octets.put16(message, 2, message.length - 20);
    Octets.put32(message, 4, StunMessage.MAGIC_COOKIE);
    return message;
  }

  private byte[] mutated() {
    byte[] octets = seeds.get(random.nextInt(seeds.size())).clone();
    for (int i = random.nextInt(6); i >= 0 && octets.length > 0; i--) {
      int at = random.nextInt(octets.length);
      switch (random.nextInt(6)) {
        case 0 -> octets[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> octets[at] = (byte) random.nextInt(256);
        case 2 -> octets[at] = (byte) (random.nextBoolean() ? 0xff : 0);
        case 3 -> octets = Arrays.copyOf(octets, at);
        case 4 -> octets = spliced(octets, at, seeds.get(random.nextInt(seeds.size())));
        default -> octets = spliced(octets, at, octets);
      }
    }
    return octets;
  }

  /// The first octets of one input and the last of another, cut at multiples of 4 more often.
  private byte[] spliced(byte[] head, int at, byte[] tail) {
    int mask = random.nextInt(4) == 0 ? ~0 : ~3;
    int cut = at & mask;
    int from = random.nextInt(tail.length + 1) & mask;
    byte[] octets = Arrays.copyOf(head, cut + tail.length - from);
    System.arraycopy(tail, from, octets, cut, tail.length - from);
    return octets;
  }

  /// Checks every answer: a message, and over UDP no more than 1.6 times the request's weight.
  private final class CheckedAnswers implements Effects<Void> {
    @Override
    public void transmit(byte[] octets, int at, int length, FiveTuple path) {
      answers++;
      try {
        StunMessage.parse(octets, at, length);
      } catch (StunRefused refused) {
        throw new AssertionError("the answer is no message", refused);
      }
      int headers = path.remote().ipv4() ? 28 : 48;
      if (!path.transport().stream() && 5 * (length + headers) > 8 * (requestLength + headers)) {
        throw new AssertionError("amplified to " + length);
      }
    }

    @Override
    public void tell(dev.parley.media.MediaEvent event) {}

    @Override
    public void effect(Void effect) {}
  }
}
