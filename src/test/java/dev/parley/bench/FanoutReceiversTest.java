package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.Octets;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What the kernel drops for the load client is counted like what it takes in.
@EnabledOnOs(OS.LINUX)
class FanoutReceiversTest {
  private static final int RTP = 1_280;

  private int others;

  @Test
  void oneOf128PacketsGetsThroughAndAllAreCounted() throws IOException {
    var receivers = new FanoutReceivers((socket, octets, length) -> others++);
    DatagramChannel whole = receivers.open(0, new FanoutCheck());
    DatagramChannel sampled = receivers.open(0, new FanoutCheck());
    receivers.sample(1);
    try (whole;
        sampled;
        var sender = DatagramChannel.open(StandardProtocolFamily.INET)) {
      for (int sequence = 0; sequence < RTP; sequence++) {
        sender.send(packet(96, sequence), sampled.getLocalAddress());
      }
      sender.send(packet(0x80 | 72, 0), sampled.getLocalAddress());
      sender.send(packet(96, 1), whole.getLocalAddress());
      receivers.turn(100);
      FanoutLoad.Outcome counts = receivers.counts();
      assertEquals(RTP / FanoutFilter.SAMPLE + 1, counts.taken());
      assertEquals(RTP + 1, counts.delivered());
      assertEquals(1, others);
    }
  }

  private static ByteBuffer packet(int second, int sequence) {
    var packet = new byte[40];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) second;
    Octets.put16(packet, 2, sequence);
    return ByteBuffer.wrap(packet);
  }
}
