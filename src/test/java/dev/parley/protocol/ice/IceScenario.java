package dev.parley.protocol.ice;

import dev.parley.lab.IceClient;
import dev.parley.lab.VirtualClock;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A lite agent and its client in virtual time; what the agent sends reaches the client at once,
/// and the client's answers the agent.
final class IceScenario implements IceEffects {
  static final TransportAddress SERVER = TransportAddress.ipv4(0xcb00710a, 7882);

  /// A message on its way to the client.
  record Sent(byte[] octets, FiveTuple path) {}

  final VirtualClock clock = new VirtualClock();
  final IceCredentials local = IceCredentials.generate(new Random(7));
  final IceLite agent;
  IceClient client = new IceClient(local, 42);
  final List<Sent> sent = new ArrayList<>();

  /// Where the client does not hear, or null.
  FiveTuple deaf;

  private final List<IceEvent> events = new ArrayList<>();

  IceScenario() {
    this(IceLimits.defaults());
  }

  IceScenario(IceLimits limits) {
    agent = new IceLite(new IceKit(new Random(11)), local, limits, this);
  }

  /// A scenario in which the client's description has come.
  static IceScenario described() {
    IceScenario scenario = new IceScenario();
    scenario.agent.remote(scenario.client.own());
    return scenario;
  }

  /// One in which a path was nominated besides, and nothing is left to be looked at.
  static IceScenario connected(FiveTuple path) {
    IceScenario scenario = described();
    scenario.check(path, true);
    scenario.events();
    return scenario;
  }

  static FiveTuple path(int number) {
    return path(Transport.UDP, number);
  }

  static FiveTuple path(Transport transport, int number) {
    return new FiveTuple(
        transport, SERVER, TransportAddress.ipv4(0xc0000200 + (number >> 8), 40_000 + number));
  }

  IceVerdict check(FiveTuple path, boolean nominates) {
    return receive(client.check(nominates), path);
  }

  IceVerdict check(FiveTuple path, long priority, boolean nominates) {
    return receive(client.check(priority, nominates), path);
  }

  /// Hands octets to the agent, amid others, and delivers what it sends.
  IceVerdict receive(byte[] octets, FiveTuple path) {
    byte[] buffer = new byte[octets.length + 9];
    System.arraycopy(octets, 0, buffer, 5, octets.length);
    IceVerdict verdict = agent.receive(buffer, 5, octets.length, path, clock.now());
    deliver();
    return verdict;
  }

  /// Lets time pass, ticking at every deadline.
  void pass(Duration time) {
    long end = clock.now() + time.toNanos();
    while (agent.deadline() != IceLite.NEVER && end - agent.deadline() >= 0) {
      clock.pass(Duration.ofNanos(Math.max(0, agent.deadline() - clock.now())));
      agent.tick(clock.now());
      deliver();
    }
    clock.pass(Duration.ofNanos(end - clock.now()));
  }

  /// Passes time in which the client goes on checking a path as Chromium does.
  void passChecking(Duration time, FiveTuple path) {
    for (long left = time.toMillis(); left > 0; left -= 2500) {
      check(path, true);
      pass(Duration.ofMillis(Math.min(left, 2500)));
    }
  }

  void deliver() {
    while (!sent.isEmpty()) {
      Sent first = sent.removeFirst();
      if (first.path().equals(deaf)) {
        continue;
      }
      byte[] answer = client.receive(first.octets(), first.path());
      if (answer != null) {
        agent.receive(answer, 0, answer.length, first.path(), clock.now());
      }
    }
  }

  @Override
  public void transmit(byte[] octets, int at, int length, FiveTuple path) {
    if (at < 2) {
      throw new AssertionError("no room for a length before the message");
    }
    sent.add(new Sent(Arrays.copyOfRange(octets, at, at + length), path));
  }

  @Override
  public void happened(IceEvent event) {
    events.add(event);
  }

  /// What has happened since the last call.
  List<IceEvent> events() {
    List<IceEvent> since = List.copyOf(events);
    events.clear();
    return since;
  }
}
