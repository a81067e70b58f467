package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// TCP through both twins.
class StreamTest {
  private final List<FiveTuple> closed = new CopyOnWriteArrayList<>();

  private Running start(Preference io, StreamLimits limits, List<Listener> listeners)
      throws Exception {
    return Running.start(
        Running.settings(io).streams(limits),
        Running.service((loop, effects, tally) -> new Remembering(effects, closed), listeners));
  }

  private Running start(Preference io) throws Exception {
    return start(io, StreamLimits.defaults());
  }

  private Running start(Preference io, StreamLimits limits) throws Exception {
    return start(io, limits, List.of(Running.udp("127.0.0.1"), Running.tcp("127.0.0.1")));
  }

  private static StreamLimits limits(int perLoop, int perSource, Duration patience) {
    StreamLimits usual = StreamLimits.defaults();
    return new StreamLimits(
        perLoop, perSource, usual.outputOctets(), patience, patience, usual.lingerFor());
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void echoesAFrame(Preference io) throws Exception {
    try (Running running = start(io);
        Socket client = running.connect()) {
      assertArrayEquals(frame(1, 500), exchange(client, frame(1, 500)));
      assertArrayEquals(frame(1, 0), exchange(client, frame(1, 0)));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void echoesOverIpv6(Preference io) throws Exception {
    try (Running running =
            start(io, StreamLimits.defaults(), List.of(Running.udp("::1"), Running.tcp("::1")));
        Socket client = running.connect()) {
      assertArrayEquals(frame(1, 500), exchange(client, frame(1, 500)));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void putsAFrameTogetherFromSegmentsOfOneOctet(Preference io) throws Exception {
    try (Running running = start(io);
        Socket client = running.connect()) {
      client.setTcpNoDelay(true);
      byte[] frame = frame(2, 40);
      for (byte octet : frame) {
        client.getOutputStream().write(octet);
      }
      assertArrayEquals(frame, client.getInputStream().readNBytes(frame.length));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void cutsManyFramesOutOfOneSegment(Preference io) throws Exception {
    try (Running running = start(io);
        Socket client = running.connect()) {
      byte[] all = new byte[0];
      for (int i = 0; i < 50; i++) {
        byte[] frame = frame(i, i * 40);
        all = Arrays.copyOf(all, all.length + frame.length);
        System.arraycopy(frame, 0, all, all.length - frame.length, frame.length);
      }
      assertArrayEquals(all, exchange(client, all));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void takesTheLargestFrame(Preference io) throws Exception {
    try (Running running = start(io);
        Socket client = running.connect()) {
      for (int i = 0; i < 5; i++) {
        byte[] frame = frame(i, 0xfffe);
        assertArrayEquals(frame, exchange(client, frame));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void garbageEndsThatConnectionOnly(Preference io) throws Exception {
    try (Running running = start(io);
        Socket good = running.connect();
        Socket bad = running.connect()) {
      bad.getOutputStream().write(new byte[] {-1, -1, 0});
      assertEnded(bad);
      assertArrayEquals(frame(1, 5), exchange(good, frame(1, 5)));
      assertEquals(1, running.count(Counter.INPUT_MALFORMED));
      assertEquals(1, closed.size());
      assertEquals(bad.getLocalPort(), closed.get(0).remote().port());
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void clientThatDoesNotReadIsClosed(Preference io) throws Exception {
    try (Running running = start(io);
        Socket client = running.connect()) {
      OutputStream out = client.getOutputStream();
      byte[] frame = frame(1, 60_000);
      try {
        for (int i = 0; i < 10_000; i++) {
          out.write(frame);
        }
      } catch (IOException expected) {
        Running.until("counted", () -> running.count(Counter.STREAMS_SLOW) == 1);
      }
      assertEquals(1, running.count(Counter.STREAMS_SLOW));
      Running.until("told", () -> closed.size() == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void clientThatReadsLateGetsEverything(Preference io) throws Exception {
    // More than the kernel takes at once, less than a client may leave unread.
    StreamLimits usual = StreamLimits.defaults();
    StreamLimits roomy =
        new StreamLimits(
            10, 10, 64 << 20, usual.firstFrameWithin(), usual.idleAfter(), usual.lingerFor());
    int frames = 300;
    try (Running running = start(io, roomy);
        Socket client = running.connect()) {
      byte[] frame = frame(1, 60_000);
      for (int i = 0; i < frames; i++) {
        client.getOutputStream().write(frame);
      }
      for (int i = 0; i < frames; i++) {
        assertArrayEquals(frame, client.getInputStream().readNBytes(frame.length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void clientThatHasEndedItsSideStillGetsItsAnswer(Preference io) throws Exception {
    try (Running running = start(io);
        Socket client = running.connect()) {
      client.getOutputStream().write(frame(3, 50_000));
      client.shutdownOutput();
      assertArrayEquals(frame(3, 50_000), client.getInputStream().readAllBytes());
      Running.until("closed", () -> running.count(Counter.STREAMS_CLOSED) == 1);
      assertEquals(1, closed.size());
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void limitsAreKeptPerSourceAndPerLoop(Preference io) throws Exception {
    for (StreamLimits limits :
        List.of(limits(100, 3, Duration.ofMinutes(1)), limits(3, 100, Duration.ofMinutes(1)))) {
      try (Running running = start(io, limits)) {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          clients.add(running.connect());
          exchange(clients.get(i), frame(1, 1));
        }
        try (Socket refused = running.connect()) {
          assertEnded(refused);
        }
        assertEquals(1, running.count(Counter.STREAMS_REFUSED));
        clients.remove(0).close();
        Running.until("room", () -> running.count(Counter.STREAMS_CLOSED) == 1);
        try (Socket next = running.connect()) {
          exchange(next, frame(1, 1));
        }
        for (Socket client : clients) {
          client.close();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void silentClientsAreClosed(Preference io) throws Exception {
    try (Running running = start(io, limits(10, 10, Duration.ofMillis(100)));
        Socket never = running.connect();
        Socket once = running.connect()) {
      never.getOutputStream().write(0);
      exchange(once, frame(1, 9));
      assertEnded(never);
      assertEnded(once);
      assertEquals(2, running.count(Counter.STREAMS_IDLE));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void transmittingOnAnEndedStreamIsCountedAndDropped(Preference io) throws Exception {
    try (Running running = start(io);
        Socket client = running.connect()) {
      exchange(client, frame(1, 9));
      client.shutdownOutput();
      // The engine answers `closed` with a message on the closed path.
      Running.until("dropped", () -> running.count(Counter.SEND_FAILURES) == 1);
    }
  }

  static byte[] frame(int seed, int length) {
    byte[] frame = DatagramTest.octets(seed, 2 + length);
    frame[0] = (byte) (length >> 8);
    frame[1] = (byte) length;
    return frame;
  }

  static byte[] exchange(Socket client, byte[] octets) throws IOException {
    client.getOutputStream().write(octets);
    return client.getInputStream().readNBytes(octets.length);
  }

  /// The other end has gone, with or without a reset.
  static void assertEnded(Socket client) {
    try {
      assertEquals(-1, client.getInputStream().read());
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("still open", e);
    } catch (IOException reset) {
      return;
    }
  }

  private static final class Remembering implements Engine {
    private final Effects<?> effects;
    private final List<FiveTuple> closed;
    private boolean inside;

    Remembering(Effects<?> effects, List<FiveTuple> closed) {
      this.effects = effects;
      this.closed = closed;
    }

    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
      inside = true;
      effects.transmit(octets, at, length, path);
      inside = false;
    }

    @Override
    public void closed(FiveTuple path, long now) {
      if (inside) {
        throw new IllegalStateException("called from inside a handler");
      }
      closed.add(path);
      effects.transmit(new byte[1], 0, 1, path);
    }

    @Override
    public void tick(long now) {}

    @Override
    public long deadline() {
      return NEVER;
    }
  }
}
