package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.lab.Ports;
import dev.parley.media.Counter;
import dev.parley.media.MediaEvent;
import dev.parley.wire.Transport;
import jakarta.resource.NotSupportedException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.io.File;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Starting and stopping, and what is left behind: nothing.
@Isolated("counts what the whole JVM has")
class LifecycleTest {
  private static final File DESCRIPTORS = new File("/proc/self/fd");

  @ParameterizedTest
  @EnumSource(Preference.class)
  @EnabledOnOs(OS.LINUX)
  void twentyLivesLeaveNoDescriptorAndNoThread(Preference io) throws Exception {
    live(io);
    int before = DESCRIPTORS.list().length;
    for (int i = 0; i < 20; i++) {
      for (Thread thread : live(io)) {
        assertFalse(thread.isAlive());
      }
    }
    assertEquals(before, DESCRIPTORS.list().length);
  }

  private static List<Thread> live(Preference io) throws Exception {
    Service<String> service =
        Running.service(
            (loop, effects, tally) -> Running.echo(effects),
            List.of(Running.udp("127.0.0.1"), Running.tcp("127.0.0.1"), Running.udp("::1")));
    try (Running running = Running.start(Running.settings(io).loops(2), service);
        Socket stream = running.connect();
        DatagramSocket datagrams = DatagramTest.client(running.udp())) {
      StreamTest.exchange(stream, StreamTest.frame(1, 20));
      DatagramTest.exchange(datagrams, new byte[] {1});
      running.stop();
      StreamTest.assertEnded(stream);
      assertTrue(running.events.contains(new MediaEvent.LoopEnded(0, null)));
      assertTrue(running.events.contains(new MediaEvent.LoopEnded(1, null)));
      return running.threads;
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void listenerThatCannotBeBoundKeepsNothingElse(Preference io) throws Exception {
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Listener taken =
          new Listener(
              "taken",
              Transport.UDP,
              InetAddress.getByName("127.0.0.1"),
              other.getLocalPort(),
              true);
      Service<String> service =
          Running.service(
              (loop, effects, tally) -> Running.echo(effects),
              List.of(Running.udp("127.0.0.1"), taken));
      try (Running running = Running.start(Running.settings(io).loops(2), service);
          DatagramSocket client = DatagramTest.client(running.udp())) {
        assertInstanceOf(MediaEvent.ListenerFailed.class, running.adapter.listeners().get(1));
        assertInstanceOf(MediaEvent.ListenerFailed.class, running.adapter.listeners().get(3));
        DatagramTest.exchange(client, new byte[] {1});
        assertEquals(running.adapter.listeners(), running.events.subList(0, 4));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void secondServerOnTheSharedPortIsRefused(Preference io) throws Exception {
    // SO_REUSEPORT alone would let two servers of one user split the clients between them.
    Service<String> first =
        Running.service(
            (loop, effects, tally) -> Running.echo(effects),
            List.of(Running.udp("127.0.0.1"), Running.tcp("127.0.0.1")));
    try (Running running = Running.start(Running.settings(io).loops(2), first)) {
      Service<String> again =
          Running.service(
              (loop, effects, tally) -> Running.echo(effects),
              List.of(
                  new Listener(
                      "udp",
                      Transport.UDP,
                      InetAddress.getByName("127.0.0.1"),
                      running.udp().getPort(),
                      true),
                  new Listener(
                      "tcp",
                      Transport.TCP,
                      InetAddress.getByName("127.0.0.1"),
                      running.tcp().getPort(),
                      true)));
      try (Running second = Running.start(Running.settings(io).loops(2), again)) {
        assertTrue(
            second.adapter.listeners().stream()
                .allMatch(MediaEvent.ListenerFailed.class::isInstance));
      }
    }
  }

  @Test
  void listenersThatDoNotShareTakeOnePortALoop() throws Exception {
    int port = Ports.free(2);
    Listener own =
        new Listener("own", Transport.UDP, InetAddress.getByName("127.0.0.1"), port, false);
    Service<String> service =
        Running.service((loop, effects, tally) -> Running.echo(effects), List.of(own));
    try (Running running =
        Running.start(Running.settings(Preference.AUTOMATIC).loops(2), service)) {
      assertEquals(port, running.address(0).getPort());
      assertEquals(port + 1, running.address(1).getPort());
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  @EnabledOnOs(OS.LINUX)
  void startThatFailsHalfwayLeavesNothing(Preference io) throws Exception {
    live(io);
    int before = DESCRIPTORS.list().length;
    AtomicInteger given = new AtomicInteger();
    ContainerBootstrap bootstrap =
        new ContainerBootstrap(work -> given.getAndIncrement() == 0 ? new Thread(work) : null);
    Service<String> service =
        Running.service(
            (loop, effects, tally) -> Running.echo(effects), List.of(Running.udp("127.0.0.1")));
    MediaResourceAdapter adapter =
        new MediaResourceAdapter(Running.settings(io).loops(3), List.of(service), event -> {});
    assertThrows(ResourceAdapterInternalException.class, () -> adapter.start(bootstrap));
    bootstrap.close();
    assertEquals(before, DESCRIPTORS.list().length);
  }

  @Test
  void stoppedAdapterStartsAgain() throws Exception {
    Service<String> service =
        Running.service(
            (loop, effects, tally) -> Running.echo(effects), List.of(Running.udp("127.0.0.1")));
    MediaResourceAdapter adapter =
        new MediaResourceAdapter(
            Running.settings(Preference.AUTOMATIC), List.of(service), event -> {});
    for (int i = 0; i < 2; i++) {
      try (ContainerBootstrap bootstrap = new ContainerBootstrap(Thread::new)) {
        adapter.start(bootstrap);
        assertEquals(1, adapter.loops());
        adapter.stop();
        adapter.stop();
      }
    }
    assertEquals(1, adapter.snapshots().get(0).of(Counter.MAILBOX_COMMANDS));
  }

  @Test
  void adapterFollowsTheConnectorContract() throws Exception {
    MediaResourceAdapter one =
        new MediaResourceAdapter(AdapterSettings.defaults(), List.of(), event -> {});
    MediaResourceAdapter same =
        new MediaResourceAdapter(AdapterSettings.defaults(), List.of(), event -> {});
    MediaResourceAdapter other =
        new MediaResourceAdapter(AdapterSettings.defaults().loops(17), List.of(), event -> {});
    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertNotEquals(one, other);
    assertThrows(NotSupportedException.class, () -> one.endpointActivation(null, null));
    one.endpointDeactivation(null, null);
    assertEquals(0, one.getXAResources(null).length);
    one.stop();
  }
}
