package dev.parley.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsConnection.State;
import dev.parley.protocol.dtls.DtlsConnection.Toolbox;
import dev.parley.protocol.dtls.DtlsEffects;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.dtls.DtlsPeerRules;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// What WebRTC handshakes cost: CPU of the whole process for one of them, both ends included.
///
/// Arguments: handshakes to warm up with, handshakes to measure, rounds.
final class DtlsCost {
  private static final Toolbox TOOLS = new Toolbox(new SecureRandom());
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final DtlsIdentity one = identity();
  private final DtlsIdentity other = identity();

  private DtlsCost() {}

  public static void main(String[] arguments) throws InterruptedException {
    int warm = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1500;
    int measured = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    DtlsCost cost = new DtlsCost();
    cost.run(warm);
    for (int round = 0; round < rounds; round++) {
      long cpu = system.getProcessCpuTime();
      long time = System.nanoTime();
      cost.run(measured);
      System.out.printf(
          "handshake, both ends: %d us CPU, %d us time%n",
          (system.getProcessCpuTime() - cpu) / 1000 / measured,
          (System.nanoTime() - time) / 1000 / measured);
    }
    long cpu = system.getProcessCpuTime();
    for (int i = 0; i < measured; i++) {
      identity();
    }
    System.out.printf(
        "self-signed identity: %d us CPU%n", (system.getProcessCpuTime() - cpu) / 1000 / measured);
  }

  private static DtlsIdentity identity() {
    Instant now = Instant.now();
    return DtlsIdentity.selfSigned(new SecureRandom(), now, now.plus(Duration.ofDays(30)));
  }

  private void run(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      handshake();
    }
  }

  private void handshake() throws InterruptedException {
    End client = new End();
    End server = new End();
    client.peer = server;
    server.peer = client;
    server.connection =
        DtlsConnection.webrtcServer(
            TOOLS, rules(other, one), server, () -> tasks.add(server.connection::advance));
    client.connection =
        DtlsConnection.webrtcClient(
            TOOLS, rules(one, other), client, () -> tasks.add(() -> client.connection.advance()));
    while (client.connection.state() != State.ESTABLISHED
        || server.connection.state() != State.ESTABLISHED) {
      tasks.take().run();
    }
    tasks.clear();
  }

  private static DtlsPeerRules rules(DtlsIdentity own, DtlsIdentity peer) {
    return new DtlsPeerRules(
        own, List.of(peer.fingerprint()), List.of(7, 8, 1), Duration.ofSeconds(20));
  }

  private final class End implements DtlsEffects {
    private DtlsConnection connection;
    private End peer;

    @Override
    public void record(byte[] octets, int at, int length) {
      byte[] datagram = Arrays.copyOfRange(octets, at, at + length);
      tasks.add(() -> peer.connection.receive(datagram, 0, datagram.length));
    }

    @Override
    public void established() {}

    @Override
    public void data(byte[] octets, int at, int length) {}
  }
}
