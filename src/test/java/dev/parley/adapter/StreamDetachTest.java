package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.adapter.io.StreamSocket;
import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A stream that leaves its framing, through both twins.
class StreamDetachTest {
  private final List<String> told = new CopyOnWriteArrayList<>();

  private Running start(Preference io, StreamLimits limits) throws Exception {
    Service<FiveTuple> service =
        new Service<>(
            "test",
            List.of(Running.udp("127.0.0.1"), Running.tcp("127.0.0.1")),
            Running::frame,
            (loop, effects, tally) -> new Detaching(effects),
            (path, loop) -> {
              loop.detach(path, new Mirror());
              assertFalse(loop.detach(path, new Mirror()));
            });
    return Running.start(Running.settings(io).streams(limits), service);
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void theAnswerGoesFirstAndWhatWasSentBehindTheFrameIsHandedOver(Preference io) throws Exception {
    try (Running running = start(io, StreamLimits.defaults());
        Socket client = running.connect()) {
      byte[] frame = StreamTest.frame(1, 10);
      byte[] all = Arrays.copyOf(frame, frame.length + 3);
      client.getOutputStream().write(all);
      assertArrayEquals(all, client.getInputStream().readNBytes(all.length));
      // Neither frames nor garbage any more.
      assertArrayEquals(
          new byte[] {-1, -1, -1}, StreamTest.exchange(client, new byte[] {-1, -1, -1}));
      assertEquals(List.of("taken 3"), told);
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void itsEndIsToldToTheTakerAndToTheEngine(Preference io) throws Exception {
    try (Running running = start(io, StreamLimits.defaults());
        Socket client = running.connect()) {
      StreamTest.exchange(client, StreamTest.frame(1, 1));
      client.shutdownOutput();
      StreamTest.assertEnded(client);
      Running.until("told", () -> told.size() == 3);
      assertEquals(List.of("taken 0", "lost", "closed"), told);
      assertEquals(1, running.count(Counter.STREAMS_CLOSED));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void itMayBeSilentAndStillCountsAgainstTheLimits(Preference io) throws Exception {
    StreamLimits usual = StreamLimits.defaults();
    Duration short100 = Duration.ofMillis(100);
    StreamLimits strict =
        new StreamLimits(1, 1, usual.outputOctets(), short100, short100, short100);
    try (Running running = start(io, strict);
        Socket client = running.connect()) {
      StreamTest.exchange(client, StreamTest.frame(1, 1));
      Thread.sleep(1500);
      try (Socket refused = running.connect()) {
        StreamTest.assertEnded(refused);
      }
      assertArrayEquals(new byte[] {9}, StreamTest.exchange(client, new byte[] {9}));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void itEndsWithTheLoop(Preference io) throws Exception {
    try (Running running = start(io, StreamLimits.defaults());
        Socket client = running.connect()) {
      StreamTest.exchange(client, StreamTest.frame(1, 1));
      running.stop();
      StreamTest.assertEnded(client);
      assertEquals(List.of("taken 0", "lost", "closed"), told);
    }
  }

  /// Answers a frame with itself and takes the stream out of its framing.
  private final class Detaching implements Engine {
    private final Effects<FiveTuple> effects;

    Detaching(Effects<FiveTuple> effects) {
      this.effects = effects;
    }

    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
      effects.transmit(octets, at, length, path);
      effects.effect(path);
    }

    @Override
    public void closed(FiveTuple path, long now) {
      told.add("closed");
    }

    @Override
    public void tick(long now) {}

    @Override
    public long deadline() {
      return NEVER;
    }
  }

  /// Sends back what comes.
  private final class Mirror implements StreamTaker, StreamSocket.Handler {
    private final byte[] buffer = new byte[1000];
    private StreamSocket socket;

    @Override
    public void taken(StreamSocket taken, byte[] octets, int at, int length) {
      told.add("taken " + length);
      socket = taken;
      try {
        socket.handler(this);
        socket.write(octets, at, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void lost() {
      told.add("lost");
    }

    @Override
    public void readable() {
      try {
        int taken = socket.read(buffer, 0, buffer.length);
        if (taken < 0) {
          socket.close();
        } else {
          socket.write(buffer, 0, taken);
        }
      } catch (IOException e) {
        socket.close();
      }
    }

    @Override
    public void writable() {}
  }
}
