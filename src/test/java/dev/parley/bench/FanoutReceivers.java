package dev.parley.bench;

import dev.parley.protocol.rtp.RtpPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The UDP sockets of a [FanoutClient] on one selector, and what came to them.
final class FanoutReceivers {
  /// Takes datagrams that are no RTP.
  @FunctionalInterface
  interface Other {
    void datagram(int socket, byte[] octets, int length) throws IOException;
  }

  private static final int BUFFER = 1 << 20;

  private final Selector selector = Selector.open();
  private final List<DatagramChannel> channels = new ArrayList<>();
  private final List<FanoutCheck> checks = new ArrayList<>();
  private final byte[] octets = new byte[2048];
  private final ByteBuffer buffer = ByteBuffer.wrap(octets);
  private final Other other;

  FanoutReceivers(Other other) throws IOException {
    this.other = other;
  }

  /// Opens the next socket at a port of 127.0.0.1, 0 for any.
  DatagramChannel open(int port, FanoutCheck check) throws IOException {
    var channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
    channel.bind(new InetSocketAddress("127.0.0.1", port));
    channel.register(selector, SelectionKey.OP_READ, channels.size());
    channels.add(channel);
    checks.add(check);
    return channel;
  }

  /// Lets the kernel drop most of the RTP that comes to all sockets but the first so many.
  void sample(int whole) throws IOException {
    var ports = new TreeSet<Integer>();
    for (DatagramChannel channel : channels.subList(whole, channels.size())) {
      ports.add(port(channel));
    }
    FanoutFilter.attach(ports);
    checks.subList(whole, checks.size()).forEach(check -> check.step(FanoutFilter.SAMPLE));
  }

  DatagramChannel channel(int socket) {
    return channels.get(socket);
  }

  void turn(long millis) throws IOException {
    selector.select(this::ready, Math.max(1, millis));
  }

  private void ready(SelectionKey key) {
    int socket = (int) key.attachment();
    try {
      while (true) {
        buffer.clear();
        if (channels.get(socket).receive(buffer) == null) {
          return;
        }
        take(socket, buffer.position());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void take(int socket, int length) throws IOException {
    boolean media =
        length > RtpPacket.FIXED_HEADER
            && RtpPacket.isMedia(octets[0] & 0xff)
            && !RtpPacket.looksLikeRtcp(octets, 0);
    if (media) {
      checks.get(socket).take(octets, length);
    } else {
      other.datagram(socket, octets, length);
    }
  }

  /// What all have got, the kernel's drops included.
  FanoutLoad.Outcome counts() throws IOException {
    Map<Integer, Long> drops = FanoutFilter.drops();
    long delivered = 0;
    long taken = 0;
    long wrong = 0;
    long gaps = 0;
    for (int i = 0; i < checks.size(); i++) {
      FanoutCheck check = checks.get(i);
      delivered += check.taken + drops.getOrDefault(port(channels.get(i)), 0L);
      taken += check.taken;
      wrong += check.wrong;
      gaps += check.gaps;
    }
    return new FanoutLoad.Outcome(0, delivered, 0, taken, wrong, gaps);
  }

  private static int port(DatagramChannel channel) throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }
}
