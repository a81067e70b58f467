package dev.parley.bench;

import dev.parley.engine.turn.Alternates;
import dev.parley.engine.turn.TurnEffect;
import dev.parley.engine.turn.TurnPlace;
import dev.parley.engine.turn.TurnServer;
import dev.parley.engine.turn.auth.TimeLimited;
import dev.parley.media.MediaCommand;
import dev.parley.media.TurnPolicy;
import dev.parley.media.TurnQuota;
import dev.parley.media.TurnRealm;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunPasswordAlgorithm;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/// Throws inputs at the TURN server in the name of clients whose credentials are right, so that
/// they reach beyond the authentication: random methods with random attributes, mutated, replayed,
/// as ChannelData; while relays open or do not, peers send, streams end and time passes.
///
/// `TurnFuzz [inputs] [seed]` ends with status 1 and prints the input on anything thrown, on an
/// effect that makes no sense, and on anything left over at the end. The same seed makes the same
/// inputs.
public final class TurnFuzz {
  /// What a run met.
  public record Outcome(long inputs, long successes, long refusals, long relayed) {}

  private static final long SECOND = 1_000_000_000L;
  private static final TransportAddress SERVER = TransportAddress.ipv4(0xc6336401, 3478);
  private static final TransportAddress SERVER6 = new TransportAddress(0x2001_0db8L << 32, 1, 3478);
  private static final String USERNAME = "99999999999:fuzz";
  private static final StunMethod[] METHODS = {
    StunMethod.ALLOCATE,
    StunMethod.REFRESH,
    StunMethod.CREATE_PERMISSION,
    StunMethod.CHANNEL_BIND,
    StunMethod.SEND
  };

  private final SplittableRandom random;
  private final TurnFuzzAdapter adapter;
  private final TurnServer server;
  private final List<FiveTuple> paths = new ArrayList<>();
  private final List<byte[]> past = new ArrayList<>();
  private final StunWriter writer = new StunWriter();
  private final byte[] buffer = new byte[4096];
  private final StunIntegrity integrity;
  private long now = Long.MAX_VALUE - 1000 * SECOND;

  private TurnFuzz(long seed) {
    random = new SplittableRandom(seed);
    integrity =
        new StunIntegrity(
            StunIntegrity.Algorithm.SHA1,
            StunPasswordAlgorithm.MD5.key(
                USERNAME, "fuzz", TimeLimited.password("secret", USERNAME)));
    adapter = new TurnFuzzAdapter();
    TurnPlace place =
        new TurnPlace(
            0,
            2,
            50_000,
            50_099,
            List.of(portless(SERVER), portless(SERVER6)),
            List.of(),
            new byte[] {7});
    long begin = now;
    server =
        new TurnServer(
            adapter,
            counter -> {},
            place,
            policy(true),
            adapter,
            Alternates.NONE,
            new Random(seed),
            () -> Instant.ofEpochSecond(1_800_000_000L).plusNanos(now - begin),
            now);
    for (int i = 0; i < 24; i++) {
      Transport transport = Transport.values()[i % 4];
      TransportAddress remote = TransportAddress.ipv4(0xc0000201, 40_000 + i);
      paths.add(new FiveTuple(transport, i % 5 == 0 ? SERVER6 : SERVER, remote));
    }
  }

  public static void main(String[] arguments) throws IOException {
    FuzzRun.main(arguments, 5_000_000, TurnFuzz::run);
  }

  /// Runs the inputs of a seed.
  ///
  /// @throws AssertionError with the input in hexadecimal
  public static Outcome run(long inputs, long seed) {
    TurnFuzz fuzz = new TurnFuzz(seed);
    for (long i = 0; i < inputs; i++) {
      fuzz.step();
    }
    fuzz.finish();
    return new Outcome(
        inputs, fuzz.adapter.successes(), fuzz.adapter.refusals(), fuzz.adapter.relayed());
  }

  private void step() {
    FiveTuple path = paths.get(random.nextInt(paths.size()));
    switch (random.nextInt(40)) {
      case 0 -> server.closed(path, now);
      case 1 -> pass(random.nextLong(20 * SECOND));
      case 2 -> pass(random.nextInt(30) == 0 ? 700 * SECOND : 1000);
      case 3 -> command();
      case 4, 5, 6 -> fromPeer();
      case 7, 8 -> receive(channelData(), path);
      case 9 -> receive(noise(random.nextInt(200)), path);
      case 10, 11 -> receive(mutated(), path);
      default -> receive(request(path), path);
    }
    answerRelays();
  }

  /// All ends when nobody refreshes any more, and nothing is left.
  private void finish() {
    answerRelays();
    while (adapter.pending() > 0) {
      answerRelays();
    }
    pass(4000 * SECOND);
    adapter.checkEmpty();
  }

  private void pass(long time) {
    long end = now + time;
    for (long at = server.deadline(); at != Long.MAX_VALUE && end - at >= 0; ) {
      now = at - now > 0 ? at : now;
      server.tick(now);
      long next = server.deadline();
      if (next == at) {
        throw new AssertionError("the deadline stands still");
      }
      at = next;
    }
    now = end;
  }

  private void command() {
    switch (random.nextInt(6)) {
      case 0 -> server.command(new MediaCommand.FollowPolicy(policy(false)), now);
      case 1 -> server.command(new MediaCommand.ListAllocations(1, 3), now);
      case 2 -> server.command(new MediaCommand.EndAllocation(1, adapter.listed()), now);
      default -> server.command(new MediaCommand.FollowPolicy(policy(true)), now);
    }
  }

  private void fromPeer() {
    long relay = adapter.someRelay(random);
    byte[] data = noise(random.nextInt(64));
    if (random.nextInt(8) == 0) {
      server.icmp(relay, peer(), random.nextInt(256), random.nextInt(256), 0, now);
    } else {
      server.fromPeer(relay, data, 0, data.length, peer(), now);
    }
  }

  private void answerRelays() {
    for (TurnEffect.OpenRelay open = adapter.next(random);
        open != null;
        open = adapter.next(random)) {
      if (random.nextInt(6) == 0) {
        adapter.failed(open);
        server.refused(open.relay(), random.nextBoolean(), now);
      } else {
        server.opened(open.relay(), now);
      }
    }
  }

  private void receive(byte[] octets, FiveTuple path) {
    byte[] copy = octets.clone();
    try {
      adapter.begins(octets);
      server.receive(octets, 0, octets.length, path, now);
    } catch (RuntimeException | AssertionError | StackOverflowError bug) {
      throw new AssertionError("on " + HexFormat.of().formatHex(copy), bug);
    }
  }

  /// A request or indication with attributes that mostly make sense, mostly signed.
  private byte[] request(FiveTuple path) {
    StunMethod method = METHODS[random.nextInt(METHODS.length)];
    byte[] id = new byte[12];
    Octets.put32(id, 8, random.nextInt(1 << 20));
    if (method == StunMethod.SEND) {
      writer.indication(buffer, 0, method, id);
    } else {
      writer.request(buffer, 0, method, id);
    }
    for (int i = random.nextInt(5); i >= 0; i--) {
      attribute(method);
    }
    byte[] nonce = adapter.nonce(path);
    if (method != StunMethod.SEND && nonce != null && random.nextInt(30) != 0) {
      writer.text(StunAttribute.USERNAME, USERNAME).text(StunAttribute.REALM, "fuzz");
      writer.octets(StunAttribute.NONCE, nonce, 0, nonce.length).integrity(integrity);
    }
    if (random.nextInt(4) == 0) {
      writer.fingerprint();
    }
    byte[] octets = Arrays.copyOf(buffer, writer.length());
    if (past.size() < 64) {
      past.add(octets);
    } else {
      past.set(random.nextInt(64), octets);
    }
    return octets;
  }

  private void attribute(StunMethod method) {
    if (method == StunMethod.ALLOCATE && random.nextInt(3) != 0) {
      writer.u32(StunAttribute.REQUESTED_TRANSPORT, random.nextInt(9) == 0 ? 6 << 24 : 17 << 24);
    }
    switch (random.nextInt(12)) {
      case 0 -> writer.u32(StunAttribute.LIFETIME, random.nextInt(3) * random.nextInt(4000));
      case 1 -> writer.octets(StunAttribute.EVEN_PORT, new byte[] {(byte) random.nextInt()}, 0, 1);
      case 2 -> writer.u64(StunAttribute.RESERVATION_TOKEN, adapter.token(random));
      case 3 -> writer.u32(StunAttribute.REQUESTED_ADDRESS_FAMILY, random.nextInt(4) << 24);
      case 4 -> writer.u32(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, random.nextInt(3) << 24);
      case 5 -> {
        byte[] ticket = adapter.ticket(random);
        writer.octets(StunAttribute.MOBILITY_TICKET, ticket, 0, ticket.length);
      }
      case 6 -> writer.flag(StunAttribute.DONT_FRAGMENT);
      case 7 -> {
        StunAttribute[] all = StunAttribute.values();
        byte[] value = noise(random.nextInt(24));
        writer.octets(all[random.nextInt(all.length)], value, 0, value.length);
      }
      case 8 -> writer.octets(StunAttribute.DATA, noise(9), 0, 9);
      case 9 -> writer.u32(StunAttribute.CHANNEL_NUMBER, 0x3ffe + random.nextInt(12) << 16);
      default -> writer.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer());
    }
    if (method == StunMethod.SEND && random.nextBoolean()) {
      writer.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer());
      writer.octets(StunAttribute.DATA, noise(8), 0, 8);
    }
    if (method == StunMethod.CHANNEL_BIND && random.nextBoolean()) {
      writer.u32(StunAttribute.CHANNEL_NUMBER, 0x4000 + random.nextInt(9) << 16);
      writer.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer());
    }
  }

  private byte[] channelData() {
    byte[] octets = noise(4 + random.nextInt(40));
    Octets.put16(octets, 0, 0x4000 + random.nextInt(9));
    Octets.put16(octets, 2, random.nextInt(45));
    return octets;
  }

  private byte[] mutated() {
    if (past.isEmpty()) {
      return noise(20);
    }
    byte[] octets = past.get(random.nextInt(past.size())).clone();
    for (int i = random.nextInt(3); i > 0; i--) {
      octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return random.nextInt(9) == 0 ? Arrays.copyOf(octets, random.nextInt(octets.length)) : octets;
  }

  private TransportAddress peer() {
    int port = 7000 + random.nextInt(6);
    return switch (random.nextInt(8)) {
      case 0 -> TransportAddress.ipv4(0x0a000001, port);
      case 1, 2 -> new TransportAddress(0x2a00_1450L << 32, random.nextInt(3), port);
      default -> TransportAddress.ipv4(0xcb007200 + random.nextInt(4), port);
    };
  }

  private byte[] noise(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  private static TransportAddress portless(TransportAddress address) {
    return new TransportAddress(address.high(), address.low(), 0);
  }

  private static TurnPolicy policy(boolean accepting) {
    TurnRealm realm =
        new TurnRealm(
            "fuzz", List.of(), List.of("secret"), List.of(), null, TurnQuota.NONE, TurnQuota.NONE);
    return new TurnPolicy(
        List.of(realm),
        List.of(),
        accepting ? List.of() : List.of("203.0.114.0/28"),
        List.of(),
        List.of(),
        TurnQuota.NONE,
        accepting ? 0 : 1000,
        accepting,
        List.of("198.51.100.9:3478"),
        null);
  }
}
