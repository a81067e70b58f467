package dev.parley.adapter.linux;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.Counters;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.UdpSocket;
import dev.parley.media.Counter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/// Shows, before the system calls are relied on, that they do here what [LinuxIo] takes them to do:
/// it sends datagrams to itself over loopback, single and segmented, and is woken by its alarm.
public final class LinuxSelfTest {
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int DATAGRAMS = 3;
  private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};

  private int received;
  private boolean intact = true;

  private LinuxSelfTest() {}

  /// What the test found out.
  ///
  /// @param segments whether the kernel takes UDP_SEGMENT
  public record Passed(boolean segments) {
    public LoopIo.Factory factory() {
      return counters -> new LinuxIo(counters, segments);
    }
  }

  /// Tests this machine; anything that is thrown, errors included, is a reason against the twin.
  public static Passed run() throws IOException {
    requirePlatform();
    if (!new LinuxSelfTest().passes(false)) {
      throw new IOException("the kernel answered otherwise than expected");
    }
    return new Passed(new LinuxSelfTest().passes(true));
  }

  private static void requirePlatform() throws IOException {
    String system = System.getProperty("os.name");
    String machine = System.getProperty("os.arch");
    if (!"Linux".equals(system) || !("amd64".equals(machine) || "aarch64".equals(machine))) {
      throw new IOException("not written for " + system + " on " + machine);
    }
  }

  private boolean passes(boolean segments) throws IOException {
    Counters counters = new Counters(0);
    try (LinuxIo io = new LinuxIo(counters, segments)) {
      UdpSocket socket = loopback(io);
      for (int i = 0; i < DATAGRAMS; i++) {
        socket.send(octets(i), 1, 100, socket.local());
      }
      io.flush();
      io.wake();
      long end = System.nanoTime() + PATIENCE;
      while (received < DATAGRAMS && System.nanoTime() - end < 0) {
        io.await(PATIENCE / 10);
        io.dispatch();
      }
      // A kernel that cannot segment has made the socket give it up.
      boolean kept = !segments || ((LinuxUdpSocket) socket).segments();
      boolean nothingRefused = counters.snapshot().of(Counter.SEND_FAILURES) == 0;
      return intact && kept && nothingRefused && received == DATAGRAMS;
    }
  }

  private UdpSocket loopback(LinuxIo io) throws IOException {
    try {
      return io.udp(alone(InetAddress.getByAddress(IPV4_LOOPBACK)), handler());
    } catch (IOException e) {
      byte[] ipv6 = new byte[16];
      ipv6[15] = 1;
      return io.udp(alone(InetAddress.getByAddress(ipv6)), handler());
    }
  }

  private static Bind alone(InetAddress address) throws UnknownHostException {
    return new Bind(address, 0, Bind.Sharing.ALONE, 0);
  }

  private LoopIo.DatagramHandler handler() {
    return (octets, at, length, path) -> {
      byte[] expected = octets(received++);
      intact &=
          java.util.Arrays.equals(octets, at, at + length, expected, 1, 101)
              && path.remote().equals(path.local());
    };
  }

  private static byte[] octets(int seed) {
    byte[] octets = new byte[101];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i * 7 + seed);
    }
    return octets;
  }
}
