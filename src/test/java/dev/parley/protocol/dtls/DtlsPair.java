package dev.parley.protocol.dtls;

import dev.parley.protocol.dtls.DtlsConnection.State;
import dev.parley.protocol.dtls.DtlsConnection.Toolbox;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Assertions;

/// The two ends of a connection on one thread, with a wire between them that a test may spoil.
final class DtlsPair {
  static final Toolbox TOOLS = new Toolbox(new SecureRandom());
  static final int GCM_128 = 0x0007;
  static final int GCM_256 = 0x0008;
  static final int CM_SHA1_80 = 0x0001;
  static final List<Integer> PROFILES = List.of(GCM_128, GCM_256, CM_SHA1_80);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  /// What an end was told.
  sealed interface Told {
    record Established() implements Told {}

    record Data(String text) implements Told {}
  }

  /// What becomes of one datagram: those that arrive, in their order.
  interface Wire {
    List<byte[]> carry(End from, byte[] datagram);
  }

  final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  final Deque<Runnable> flying = new ArrayDeque<>();
  final End client = new End("client");
  final End server = new End("server");
  Wire wire = (from, datagram) -> List.of(datagram);

  /// One end, its effects recorded.
  final class End implements DtlsEffects {
    final String name;
    final List<Told> told = new ArrayList<>();
    final List<byte[]> sent = new ArrayList<>();
    DtlsConnection connection;

    End(String name) {
      this.name = name;
    }

    /// @param factory given what the connection is to run when it has made progress
    void begin(Function<Runnable, DtlsConnection> factory) {
      connection = factory.apply(() -> tasks.add(() -> connection.advance()));
    }

    End peer() {
      return this == client ? server : client;
    }

    void send(String text) {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      connection.send(octets, 0, octets.length);
    }

    void receive(byte[] datagram) {
      // Inside larger octets, as in a loop's buffer.
      byte[] buffer = new byte[datagram.length + 10];
      Arrays.fill(buffer, (byte) 22);
      System.arraycopy(datagram, 0, buffer, 5, datagram.length);
      connection.receive(buffer, 5, datagram.length);
    }

    State state() {
      return connection.state();
    }

    @Override
    public void record(byte[] octets, int at, int length) {
      byte[] datagram = Arrays.copyOfRange(octets, at, at + length);
      sent.add(datagram);
      for (byte[] arriving : wire.carry(this, datagram)) {
        flying.add(() -> peer().receive(arriving));
      }
    }

    @Override
    public void established() {
      told.add(new Told.Established());
    }

    @Override
    public void data(byte[] octets, int at, int length) {
      told.add(new Told.Data(new String(octets, at, length, StandardCharsets.UTF_8)));
    }
  }

  static DtlsIdentity identity() {
    Instant now = Instant.now();
    return DtlsIdentity.selfSigned(
        new SecureRandom(), now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
  }

  static DtlsPeerRules rules(DtlsIdentity own, DtlsIdentity peer, List<Integer> profiles) {
    List<Fingerprint> expected = peer == null ? List.of() : List.of(peer.fingerprint());
    return new DtlsPeerRules(own, expected, profiles, Duration.ofSeconds(25));
  }

  /// Two ends that know each other.
  static DtlsPair acquainted() {
    DtlsIdentity one = identity();
    DtlsIdentity other = identity();
    return of(rules(one, other, PROFILES), rules(other, one, PROFILES));
  }

  static DtlsPair of(DtlsPeerRules client, DtlsPeerRules server) {
    DtlsPair pair = new DtlsPair();
    pair.server.begin(it -> DtlsConnection.webrtcServer(TOOLS, server, pair.server, it));
    pair.client.begin(it -> DtlsConnection.webrtcClient(TOOLS, client, pair.client, it));
    return pair;
  }

  /// Lets everything happen that is about to happen, until something is so.
  void until(String what, BooleanSupplier is) throws InterruptedException {
    long begin = System.nanoTime();
    while (!is.getAsBoolean()) {
      Runnable next = flying.poll();
      if (next == null) {
        next = tasks.poll(5, TimeUnit.MILLISECONDS);
      }
      if (next != null) {
        next.run();
      }
      if (System.nanoTime() - begin > PATIENCE) {
        Assertions.fail(
            "never: " + what + "; " + client.connection.end() + ", " + server.connection.end());
      }
    }
  }

  DtlsPair established() throws InterruptedException {
    until(
        "established",
        () -> client.state() == State.ESTABLISHED && server.state() == State.ESTABLISHED);
    return this;
  }

  /// Carries what is on the wire, and what follows from it at once.
  void settle() {
    for (Runnable next = flying.poll(); next != null; next = flying.poll()) {
      next.run();
    }
  }
}
