package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.Namespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// One socket is a crowd: each member has an address of its own, and what comes there is its.
@EnabledOnOs(OS.LINUX)
class RoomsSocketTest {
  private record Came(int member, int octets) {}

  private final List<Came> came = new ArrayList<>();
  private long latest;

  private void take(int member, byte[] octets, int length, long arrived) {
    came.add(new Came(member, length));
    latest = arrived;
  }

  @Test
  void eachMemberIsSeenAtItsOwnAddressAndGetsWhatIsSentThere() throws IOException {
    Namespace.require();
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var crowd = new RoomsSocket();
        var server = new DatagramSocket(here)) {
      for (int member : new int[] {0, 1, 300}) {
        crowd.send(member, new byte[100 + member], 100 + member, 0x7f000001, server.getLocalPort());
      }
      crowd.flush();
      for (int member : new int[] {0, 1, 300}) {
        var packet = new DatagramPacket(new byte[2_000], 2_000);
        server.receive(packet);
        assertEquals(100 + member, packet.getLength());
        assertEquals(crowd.address(member).socketAddress(), packet.getSocketAddress());
        server.send(packet);
      }
      crowd.await(1_000_000_000L);
      crowd.receive(this::take);
      assertEquals(List.of(new Came(0, 100), new Came(1, 101), new Came(300, 400)), came);
      long now = Instant.now().getEpochSecond();
      assertTrue(Math.abs(latest / 1_000_000_000L - now) < 60);
      assertEquals(0, crowd.refused);
    }
  }

  @Test
  void moreThanABatchGoesThrough() throws IOException {
    Namespace.require();
    try (var crowd = new RoomsSocket()) {
      for (int i = 0; i < 150; i++) {
        crowd.send(7, new byte[10], 10, 0x7f010000 | 9, crowd.port());
      }
      crowd.flush();
      int count = crowd.receive(this::take);
      while (RoomsSocket.full(count)) {
        count = crowd.receive(this::take);
      }
      assertEquals(150, came.size());
      assertEquals(new Came(9, 10), came.getLast());
    }
  }
}
