package dev.parley.adapter.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.Counters;
import dev.parley.wire.TransportAddress;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// How datagrams are gathered into runs that UDP_SEGMENT takes as one message.
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "os.arch", matches = "amd64|aarch64")
class SendQueueTest {
  private static final TransportAddress ANN = TransportAddress.ipv4(0xc0000201, 1000);
  private static final TransportAddress BOB = TransportAddress.ipv4(0xc0000202, 1000);

  private final Arena arena = Arena.ofConfined();
  private final SendQueue queue = new SendQueue(arena);
  private LinuxIo io;
  private LinuxUdpSocket socket;

  @BeforeEach
  void open() throws Exception {
    io = new LinuxIo(new Counters(0), true);
    socket = socket();
  }

  private LinuxUdpSocket socket() throws Exception {
    Bind bind = new Bind(InetAddress.getByName("127.0.0.1"), 0, Bind.Sharing.ALONE, 0);
    return (LinuxUdpSocket) io.udp(bind, (octets, at, length, path) -> {});
  }

  @AfterEach
  void close() {
    io.close();
    arena.close();
  }

  private int add(int length, TransportAddress to) {
    return queue.add(socket, new byte[length], 0, length, to);
  }

  private List<Integer> lengths(int run) {
    List<Integer> lengths = new ArrayList<>();
    for (int slot = queue.firstSlot[run]; slot >= 0; slot = queue.nextSlot[slot]) {
      lengths.add(queue.length[slot]);
    }
    return lengths;
  }

  @Test
  void equalSizesToOneDestinationMakeARun() {
    assertEquals(0, add(100, ANN));
    assertEquals(-1, add(100, ANN));
    assertEquals(-1, add(100, ANN));
    assertEquals(List.of(100, 100, 100), lengths(0));
  }

  @Test
  void onlyTheLastMayBeShorter() {
    assertEquals(0, add(100, ANN));
    assertEquals(-1, add(99, ANN));
    assertEquals(1, add(99, ANN));
    assertEquals(2, add(100, ANN));
    assertEquals(List.of(100, 99), lengths(0));
  }

  @Test
  void fanOutPacketByPacketStillMakesARunForEachReceiver() {
    assertEquals(0, add(100, ANN));
    assertEquals(1, add(100, BOB));
    for (int i = 0; i < 5; i++) {
      assertEquals(-1, add(100, ANN));
      assertEquals(-1, add(100, BOB));
    }
    assertEquals(6, queue.datagrams[0]);
    assertEquals(6, queue.datagrams[1]);
  }

  @Test
  void anotherSocketMakesAnotherRun() throws Exception {
    assertEquals(0, add(100, ANN));
    assertEquals(1, queue.add(socket(), new byte[100], 0, 100, ANN));
  }

  @Test
  void emptyAndOversizedDatagramsStayAlone() {
    assertEquals(0, add(0, ANN));
    assertEquals(1, add(0, ANN));
    assertEquals(2, add(1600, ANN));
    assertEquals(3, add(1600, ANN));
  }

  @Test
  void aRunIsNoLongerThanTheKernelTakes() {
    int runs = 0;
    for (int i = 0; i < 100; i++) {
      runs += add(1400, ANN) >= 0 ? 1 : 0;
    }
    assertEquals(3, runs);
  }

  @Test
  void whatIsEnoughIsFlushedBetweenRuns() {
    assertFalse(queue.full(socket, ANN, 100));
    for (int i = 0; i < 62; i++) {
      add(1400, TransportAddress.ipv4(0xc0000203, i + 1));
    }
    add(100, BOB);
    add(100, ANN);
    assertFalse(queue.full(socket, ANN, 100));
    assertTrue(queue.full(socket, ANN, 101));
    assertTrue(queue.full(socket, TransportAddress.ipv4(0xc0000204, 1), 100));
    add(100, ANN);
    assertFalse(queue.full(socket, ANN, 100));
  }

  @Test
  void itIsFullAtLast() {
    for (int i = 0; i < SendQueue.SLOTS; i++) {
      add(100, TransportAddress.ipv4(0xc0000203, i % 8 + 1));
    }
    assertTrue(queue.full(socket, TransportAddress.ipv4(0xc0000203, 8), 100));
  }

  @Test
  void datagramsStandOneBehindTheOther() {
    add(100, ANN);
    add(7, BOB);
    add(100, ANN);
    assertEquals(0, queue.offset(0));
    assertEquals(100, queue.offset(1));
    assertEquals(107, queue.offset(2));
  }

  @Test
  void socketThatCannotSegmentMakesNoRuns() {
    socket.stopSegmenting();
    assertEquals(0, add(100, ANN));
    assertEquals(1, add(100, ANN));
  }

  @Test
  void nothingOfOneFlushReachesTheNext() {
    add(100, ANN);
    queue.clear();
    assertEquals(0, add(100, ANN));
    assertEquals(List.of(100), lengths(0));
  }
}
