package dev.parley.door.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.signal.CloseReason;
import dev.parley.signal.Limits;
import dev.parley.signal.Notice;
import dev.parley.signal.RelayKind;
import dev.parley.socket.Frame;
import dev.parley.socket.Outlet;
import dev.parley.socket.SocketLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SocketLineTest {
  /// A socket whose sends end at once, or when the test says so.
  private static final class Socket implements Outlet {
    final List<String> sent = new ArrayList<>();
    final List<Done> outstanding = new ArrayList<>();
    final List<Runnable> later = new ArrayList<>();
    boolean prompt = true;
    int pings;
    int takes;
    CloseReason closed;

    @Override
    public void send(Frame frame, Done done) {
      sent.add(((Frame.Text) frame).text());
      if (prompt) {
        done.sent(true);
      } else {
        outstanding.add(done);
      }
    }

    void finish(boolean ok) {
      outstanding.removeFirst().sent(ok);
    }

    @Override
    public void ping() {
      pings++;
    }

    @Override
    public void takes(int octets) {
      assertEquals(List.of(), sent);
      takes = octets;
    }

    @Override
    public void close(CloseReason reason) {
      closed = reason;
    }

    @Override
    public void later(Runnable task, long millis) {
      later.add(task);
    }
  }

  private final Socket socket = new Socket();
  private final SocketLine line = new SocketLine(socket, Dialect.PARLEY_V1, Limits.DEFAULTS);

  private boolean pong(int i) {
    return line.send(new Notice.Pong("" + i), 0);
  }

  private static String text(int i) {
    return "{\"type\":\"pong\",\"re\":" + i + "}";
  }

  @Test
  void sendsInOrderWhenFlushed() {
    pong(1);
    pong(2);
    assertEquals(List.of(), socket.sent);
    line.flush();
    assertEquals(List.of(text(1), text(2)), socket.sent);
  }

  @Test
  void longMessagesAreTakenFromJustBeforeTheClientKnowsThatItIsIn() {
    line.send(new Notice.Resumed("1", 3), 0);
    assertEquals(0, socket.takes);
    line.flush();
    assertEquals(Limits.MOST_DESCRIPTION_BYTES, socket.takes);
    assertEquals(1, socket.sent.size());
  }

  @Test
  void hasOneSendOutstandingAtATime() {
    socket.prompt = false;
    pong(1);
    line.flush();
    pong(2);
    line.flush();
    assertEquals(List.of(text(1)), socket.sent);
    socket.finish(true);
    assertEquals(List.of(text(1), text(2)), socket.sent);
    socket.finish(true);
    pong(3);
    line.flush();
    assertEquals(3, socket.sent.size());
  }

  @Test
  void manyPromptSendsDoNotPileUpOnTheStack() {
    IntStream.range(0, 1_000).forEach(this::pong);
    line.flush();
    assertEquals(1_000, socket.sent.size());
    assertTrue(pong(1));
  }

  @Test
  void takesNoMoreThanItsBoundInNotices() {
    socket.prompt = false;
    assertTrue(IntStream.range(0, 1_024).allMatch(this::pong));
    assertFalse(pong(0));
  }

  @Test
  void takesNoMoreThanItsBoundInCharacters() {
    socket.prompt = false;
    var big = new Notice.Relayed(RelayKind.OFFER, "p", "\"" + "x".repeat(60_000) + "\"", null);
    int taken = 0;
    while (line.send(big, 1)) {
      taken++;
      line.flush();
    }
    assertEquals(34, taken);
    assertEquals(1, socket.sent.size());
    socket.finish(true);
    assertTrue(line.send(big, 1));
  }

  @Test
  void closesAfterWhatWasQueuedBefore() {
    socket.prompt = false;
    pong(1);
    line.close(CloseReason.LEFT);
    pong(2);
    line.flush();
    assertNull(socket.closed);
    socket.finish(true);
    assertEquals(CloseReason.LEFT, socket.closed);
    assertEquals(List.of(text(1)), socket.sent);
  }

  @Test
  void closesASlowReaderAtOnce() {
    socket.prompt = false;
    pong(1);
    line.flush();
    line.close(CloseReason.SLOW);
    line.flush();
    assertEquals(CloseReason.SLOW, socket.closed);
  }

  @Test
  void waitsOnlySoLongForTheLastWords() {
    socket.prompt = false;
    pong(1);
    line.flush();
    line.close(CloseReason.REMOVED);
    line.flush();
    assertNull(socket.closed);
    socket.later.getFirst().run();
    assertEquals(CloseReason.REMOVED, socket.closed);
    socket.closed = null;
    socket.finish(true);
    assertNull(socket.closed);
  }

  @Test
  void closesASocketThatCannotSend() {
    socket.prompt = false;
    pong(1);
    pong(2);
    line.flush();
    socket.finish(false);
    assertEquals(CloseReason.FAILED, socket.closed);
    assertEquals(1, socket.sent.size());
  }

  @Test
  void keepsQuietOnceTheSocketIsGone() {
    pong(1);
    line.gone();
    line.flush();
    assertTrue(pong(2));
    line.close(CloseReason.LEFT);
    line.flush();
    assertEquals(List.of(), socket.sent);
    assertNull(socket.closed);
  }

  @Test
  void skipsWhatADialectDoesNotTell() {
    var classic = new SocketLine(socket, Dialect.CLASSIC, Limits.DEFAULTS);
    for (int i = 0; i < 5_000; i++) {
      assertTrue(classic.send(new Notice.Pong(null), 0));
      classic.flush();
    }
    classic.probe();
    classic.flush();
    assertEquals(List.of(), socket.sent);
    assertEquals(1, socket.pings);
  }
}
