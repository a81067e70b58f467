package dev.parley.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// UDP through a bad way between two networks: it is as slow and as lossy as it was told to be.
class ImpairmentTest {
  private static final int OCTETS = 1_000;

  /// With the headers of UDP, IPv4 and Ethernet.
  private static final int FRAME = OCTETS + 42;

  private Namespace near;
  private Namespace far;
  private Impairment way;
  private DatagramSocket sender;
  private DatagramSocket receiver;

  @BeforeEach
  void connect() {
    near = Namespace.make();
    far = Namespace.make();
    way = Impairment.between(near, "10.77.0.1/24", far, "10.77.0.2/24");
    sender = near.inside(() -> new DatagramSocket(new InetSocketAddress("10.77.0.1", 0)));
    receiver = far.inside(() -> new DatagramSocket(new InetSocketAddress("10.77.0.2", 5000)));
  }

  @AfterEach
  void disconnect() {
    sender.close();
    receiver.close();
    way.close();
    near.close();
    far.close();
  }

  @Test
  void whatIsSentComesAndNotBeforeItsDelay() throws IOException {
    assertEquals(1, send(1));
    way.towards(far, Conditions.NONE.delay(Duration.ofMillis(60)));
    long began = System.nanoTime();
    assertEquals(1, send(1));
    assertTrue(System.nanoTime() - began >= 60_000_000L);
  }

  @Test
  void aRateTakesItsTimeUntilItIsLifted() throws IOException {
    send(1);
    way.towards(far, Conditions.NONE.rate(400_000).queue(Duration.ofSeconds(5)));
    long began = System.nanoTime();
    assertEquals(30, send(30));
    long capped = System.nanoTime() - began;
    assertTrue(capped >= 30 * FRAME * 8 * 1_000_000_000L / 400_000, capped + " ns");
    way.set(Conditions.NONE);
    began = System.nanoTime();
    assertEquals(30, send(30));
    assertTrue(System.nanoTime() - began < capped);
  }

  @Test
  void aFullQueueDrops() throws IOException {
    send(1);
    way.towards(far, Conditions.NONE.rate(400_000).queue(Duration.ofMillis(100)));
    int came = send(50);
    assertTrue(came >= 5 && came < 50, came + " of 50");
    assertTrue(way.lost(far) >= 50 - came);
  }

  @Test
  void aShareIsLostInOneDirectionOnly() throws IOException {
    send(1);
    way.towards(far, Conditions.NONE.loss(0.3));
    int came = 0;
    for (int i = 0; i < 10; i++) {
      // No more at a time than the receiver's buffer holds.
      came += send(40, 200);
    }
    assertTrue(came > 200 && came < 360, came + " of 400");
    assertEquals(0, way.lost(near));
  }

  /// Sends so many and says how many came.
  private int send(int count) throws IOException {
    return send(count, 1_000);
  }

  /// @param patience milliseconds without one after which no more are waited for
  private int send(int count, int patience) throws IOException {
    var to = new InetSocketAddress("10.77.0.2", 5000);
    for (int i = 0; i < count; i++) {
      sender.send(new DatagramPacket(new byte[OCTETS], OCTETS, to));
    }
    var packet = new DatagramPacket(new byte[2_048], 2_048);
    int came = 0;
    try {
      for (; came < count; came++) {
        receiver.setSoTimeout(came == 0 ? 5_000 : patience);
        receiver.receive(packet);
      }
    } catch (SocketTimeoutException e) {
      return came;
    }
    return came;
  }
}
