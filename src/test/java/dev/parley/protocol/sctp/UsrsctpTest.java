package dev.parley.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.Foreign;
import dev.parley.lab.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An association with usrsctp, the SCTP of Firefox, over loopback: `src/test/c/usrsctp_echo.c`.
class UsrsctpTest implements SctpEffects {
  private static final long PATIENCE = Duration.ofSeconds(120).toNanos();
  private static final Path LIBRARY = Path.of("/usr/include/usrsctp.h");

  @TempDir static Path directory;
  private final Random random = new Random(1);
  private final List<byte[]> come = new ArrayList<>();
  private final List<SctpEvent> events = new ArrayList<>();
  private final SctpAssociation association =
      new SctpAssociation(
          new SctpKit(new SplittableRandom(), new byte[32]),
          SctpSetup.of(true, 0),
          SctpLimits.DEFAULT,
          this);
  private DatagramChannel socket;
  private InetSocketAddress remote;
  private Program program;
  private double loss;
  private long nudged = now() - 1_000_000_000;

  @BeforeAll
  static void compile() {
    String compiler = Foreign.program("gcc", "usrsctp");
    if (!Files.exists(LIBRARY)) {
      Foreign.absent("libusrsctp-dev", "usrsctp");
    }
    String source = Path.of("src/test/c/usrsctp_echo.c").toAbsolutePath().toString();
    Program.mustRun(List.of(compiler, "-O1", "-o", echo(), source, "-lusrsctp", "-lpthread"));
  }

  private static String echo() {
    return directory.resolve("usrsctp_echo").toString();
  }

  @AfterEach
  void end() throws IOException {
    if (program != null) {
      program.close();
    }
    if (socket != null) {
      socket.close();
    }
  }

  @Override
  public void transmit(byte[] octets, int at, int length) {
    if (random.nextDouble() < loss) {
      return;
    }
    try {
      socket.send(ByteBuffer.wrap(octets, at, length), remote);
    } catch (IOException lost) {
      // As on any network.
    }
  }

  @Override
  public void message(int channel, boolean binary, byte[] octets, int at, int length) {
    come.add(Arrays.copyOfRange(octets, at, at + length));
  }

  @Override
  public void happened(SctpEvent event) {
    events.add(event);
  }

  @ParameterizedTest(name = "we {0}, usrsctp {1}, {2} of packets lost")
  @CsvSource({"connect,listen,0", "listen,connect,0", "connect,connect,0.005"})
  void messagesGoThereAndBack(String we, String usrsctp, double lost) throws Exception {
    loss = lost;
    begin(we, usrsctp);
    until(() -> events.contains(new SctpEvent.Up()));
    for (int most : new int[] {50, 3000, 100_000}) {
      come.clear();
      int channel = association.open(ChannelParameters.reliable("c" + most), now());
      List<byte[]> sent = send(channel, 12, most);
      until(() -> come.size() == sent.size());
      for (int i = 0; i < sent.size(); i++) {
        assertArrayEquals(sent.get(i), come.get(i));
      }
      SctpEvent closed = new SctpEvent.Closed(channel, ChannelEnd.CLOSED_HERE);
      events.remove(closed);
      association.close(channel, now());
      until(() -> events.contains(closed));
    }
    association.shutdown(now());
    until(() -> events.contains(new SctpEvent.Ended(SctpEnd.SHUT_DOWN)));
    assertEquals(0, association.held());
    assertEquals(0, association.counts().refused());
  }

  @ParameterizedTest(name = "ordered {0}")
  @CsvSource({"true", "false"})
  void whatIsLostOnALossyChannelIsSkippedByBoth(boolean ordered) throws Exception {
    loss = 0.05;
    begin("connect", "listen");
    int lossy = association.open(new ChannelParameters("l", "", ordered, 0, -1, 256), now());
    int reliable = association.open(ChannelParameters.reliable("r"), now());
    until(() -> events.contains(new SctpEvent.Acknowledged(lossy)));
    int sent = 60;
    for (int i = 0; i < sent; i++) {
      byte[] octets = {'L', (byte) i};
      assertEquals(SendVerdict.QUEUED, association.send(lossy, true, octets, 0, 2, now()));
      association.flush(now());
      long pause = now() + 2_000_000;
      until(() -> now() - pause > 0);
    }
    until(
        () -> {
          nudge(reliable);
          return come.stream().anyMatch(octets -> octets[0] == 'R')
              && association.held() == 0
              && association.incoming() == 0;
        });
    List<Integer> numbers =
        come.stream().filter(octets -> octets[0] == 'L').map(octets -> octets[1] & 0xff).toList();
    assertTrue(numbers.size() > sent / 5 && numbers.size() < sent, "came back: " + numbers);
    assertEquals(numbers.size(), numbers.stream().distinct().count());
    if (ordered) {
      assertEquals(numbers.stream().sorted().toList(), numbers);
    }
    assertTrue(association.counts().abandoned() > 0);
    assertEquals(0, association.counts().refused());
  }

  /// A message now and then: usrsctp doubles its timeout with each loss, up to a minute, and hears
  /// sooner of what is missing where something new comes.
  private void nudge(int channel) {
    if (now() - nudged > 300_000_000 && association.held() == 0) {
      nudged = now();
      byte[] octets = {'R', 0};
      assertEquals(SendVerdict.QUEUED, association.send(channel, true, octets, 0, 2, now()));
      association.flush(now());
    }
  }

  private void begin(String we, String usrsctp) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    socket = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0));
    socket.configureBlocking(false);
    int port;
    try (DatagramChannel free = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0))) {
      port = ((InetSocketAddress) free.getLocalAddress()).getPort();
    }
    remote = new InetSocketAddress(loopback, port);
    int local = ((InetSocketAddress) socket.getLocalAddress()).getPort();
    program = Program.start(List.of(echo(), "" + port, "" + local, usrsctp, "" + loss));
    program.awaitWords("ready", Duration.ofSeconds(10));
    if (we.equals("connect")) {
      association.connect(now());
    }
  }

  private List<byte[]> send(int channel, int count, int most) throws Exception {
    List<byte[]> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] octets = new byte[random.nextInt(most)];
      random.nextBytes(octets);
      until(() -> association.held() < 1_000_000);
      assertEquals(
          SendVerdict.QUEUED,
          association.send(channel, i % 2 == 0, octets, 0, octets.length, now()));
      association.flush(now());
      sent.add(octets);
    }
    return sent;
  }

  private static long now() {
    return System.nanoTime();
  }

  private void until(BooleanSupplier reached) throws Exception {
    ByteBuffer packet = ByteBuffer.allocate(65_536);
    long end = now() + PATIENCE;
    while (!reached.getAsBoolean()) {
      if (now() - end > 0) {
        throw new AssertionError("never: " + association.counts() + events + program.said());
      }
      packet.clear();
      if (socket.receive(packet) == null) {
        Thread.sleep(0, 200_000);
      } else if (random.nextDouble() >= loss) {
        association.receive(packet.array(), 0, packet.position(), now());
      }
      long deadline = association.deadline();
      if (deadline != SctpAssociation.NEVER && deadline - now() <= 0) {
        association.tick(now());
      }
    }
  }
}
