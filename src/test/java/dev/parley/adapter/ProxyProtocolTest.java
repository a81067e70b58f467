package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.adapter.secure.Certificates;
import dev.parley.adapter.secure.PemPair;
import dev.parley.adapter.secure.SecureLimits;
import dev.parley.adapter.secure.SecureStreams;
import dev.parley.adapter.secure.Sources;
import dev.parley.lab.TestCertificate;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// PROXY protocol v2 before TLS and plain frames, through both twins.
class ProxyProtocolTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  // 192.0.2.7:4660 to 198.51.100.1:3478
  private static final String IPV4 = SIGNATURE + "2111000c" + "c0000207c6336401" + "12340d96";
  private static final String IPV6 =
      SIGNATURE
          + "21210024"
          + "20010db8000000000000000000000001"
          + "20010db8000000000000000000000002"
          + "12340d96";
  private static final TransportAddress CLIENT = TransportAddress.ipv4(0xc0000207, 0x1234);
  private static final TransportAddress SERVER = TransportAddress.ipv4(0xc6336401, 3478);

  @TempDir private Path files;
  private final HeardEcho engine = new HeardEcho();

  private Running start(Preference io, StreamLimits streams, String... proxies) throws Exception {
    TestCertificate own = TestCertificate.of("EC", "turn.example");
    Certificates certificates =
        Certificates.of(
            List.of(
                new PemPair(own.chain(files.resolve("c.pem")), own.key(files.resolve("c.key")))));
    return TlsTest.start(
        io,
        streams,
        new SecureStreams(certificates, Sources.of(List.of(proxies)), SecureLimits.defaults()),
        engine);
  }

  private Running start(Preference io) throws Exception {
    return start(io, StreamLimits.defaults(), "10.0.0.0/8", "127.0.0.0/8");
  }

  private static Socket proxied(Running running, String header) throws Exception {
    Socket socket = running.connect();
    socket.getOutputStream().write(HexFormat.of().parseHex(header));
    return socket;
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void connectionIsTheNamedClients(Preference io) throws Exception {
    try (Running running = start(io);
        Socket plain = proxied(running, IPV4);
        Socket six = proxied(running, IPV6)) {
      TlsTest.exchange(plain, StreamTest.frame(1, 30));
      assertEquals(List.of(new FiveTuple(Transport.TCP, SERVER, CLIENT)), engine.heard);
      TlsTest.exchange(six, StreamTest.frame(1, 30));
      assertEquals(
          new FiveTuple(
              Transport.TCP,
              new TransportAddress(0x20010db800000000L, 2, 3478),
              new TransportAddress(0x20010db800000000L, 1, 0x1234)),
          engine.heard.get(1));
    }
    Running.until("told", () -> engine.closed.size() == 2);
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void tlsMayFollowTheHeader(Preference io) throws Exception {
    try (Running running = start(io);
        Socket under = proxied(running, IPV4);
        SSLSocket client = TlsClients.over(under, "TLSv1.3", null)) {
      TlsTest.exchange(client, StreamTest.frame(1, 30));
      assertEquals(List.of(new FiveTuple(Transport.TLS, SERVER, CLIENT)), engine.heard);
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void headerInSegmentsOfOneOctetIsUnderstood(Preference io) throws Exception {
    try (Running running = start(io);
        Socket socket = running.connect()) {
      socket.setTcpNoDelay(true);
      for (byte octet : HexFormat.of().parseHex(IPV4)) {
        socket.getOutputStream().write(octet);
      }
      TlsTest.exchange(socket, StreamTest.frame(1, 30));
      assertEquals(CLIENT, engine.heard.get(0).remote());
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void localAndUnspecifiedKeepTheSocketsAddresses(Preference io) throws Exception {
    try (Running running = start(io)) {
      for (String header :
          List.of(
              SIGNATURE + "20000000",
              SIGNATURE + "2011000c" + "c0000207c6336401" + "12340d96",
              SIGNATURE + "210000020102")) {
        try (Socket socket = proxied(running, header)) {
          TlsTest.exchange(socket, StreamTest.frame(1, 30));
          assertEquals(
              TransportAddress.of((InetSocketAddress) socket.getLocalSocketAddress()),
              engine.heard.getLast().remote());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void malformedHeadersAndStrangersAreClosedAndCounted(Preference io) throws Exception {
    List<String> malformed =
        List.of(
            SIGNATURE + "3111000c",
            SIGNATURE + "2211000c",
            SIGNATURE + "2112000c",
            SIGNATURE + "2131000c",
            SIGNATURE + "2111000b",
            SIGNATURE + "21212001",
            // a field that is longer than the header; a checksum that is wrong
            SIGNATURE + "2111000f" + "c0000207c633640112340d96" + "040001",
            SIGNATURE + "21110013" + "c0000207c633640112340d96" + "03000400000000");
    try (Running running = start(io);
        Socket good = running.connect()) {
      for (String header : malformed) {
        try (Socket socket = proxied(running, header)) {
          StreamTest.assertEnded(socket);
        }
      }
      assertEquals(malformed.size(), running.count(Counter.PROXY_REFUSED));
      TlsTest.exchange(good, StreamTest.frame(1, 30));
    }
    try (Running running = start(io, StreamLimits.defaults(), "10.0.0.0/8");
        Socket stranger = proxied(running, IPV4);
        Socket hasty = proxied(running, "0d0a0d")) {
      StreamTest.assertEnded(stranger);
      StreamTest.assertEnded(hasty);
      assertEquals(2, running.count(Counter.PROXY_REFUSED));
    }
    assertEquals(1, engine.heard.size());
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void connectionsCountForTheClientNotForTheProxy(Preference io) throws Exception {
    StreamLimits usual = StreamLimits.defaults();
    StreamLimits two =
        new StreamLimits(
            100,
            2,
            usual.outputOctets(),
            usual.firstFrameWithin(),
            usual.idleAfter(),
            usual.lingerFor());
    try (Running running = start(io, two, "127.0.0.1");
        Socket first = proxied(running, IPV4.replace("1234", "1111"));
        Socket second = proxied(running, IPV4.replace("1234", "2222"));
        Socket other = proxied(running, IPV6)) {
      for (Socket socket : List.of(first, second, other)) {
        TlsTest.exchange(socket, StreamTest.frame(1, 3));
      }
      try (Socket third = proxied(running, IPV4)) {
        third.getOutputStream().write(StreamTest.frame(1, 3));
        StreamTest.assertEnded(third);
      }
      first.shutdownOutput();
      Running.until("room", () -> running.count(Counter.STREAMS_CLOSED) == 2);
      try (Socket third = proxied(running, IPV4)) {
        TlsTest.exchange(third, StreamTest.frame(1, 3));
      }
      assertEquals(1, running.count(Counter.STREAMS_REFUSED));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void clientNamedTwiceIsServedOnce(Preference io) throws Exception {
    try (Running running = start(io);
        Socket first = proxied(running, IPV4)) {
      TlsTest.exchange(first, StreamTest.frame(1, 3));
      try (Socket again = proxied(running, IPV4)) {
        again.getOutputStream().write(StreamTest.frame(1, 3));
        StreamTest.assertEnded(again);
      }
      TlsTest.exchange(first, StreamTest.frame(1, 3));
    }
  }
}
