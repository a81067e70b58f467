package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.PeerSdp;
import dev.parley.media.Counter;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuRefusal;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ann and Bob are in a call; somebody in the same room is hostile. The call loses not one packet.
class HostileNeighbourTest {
  private static final Duration SETTLE = Duration.ofMillis(200);
  private static final Pattern UFRAG = Pattern.compile("a=ice-ufrag:(\\S+)");
  private static final int TOO_MUCH = 1_150;

  private final Hall hall = new Hall();
  private final Hall.Guest ann = hall.join("ann");
  private final Hall.Guest bob = hall.join("bob");
  private final Random random = new Random(7);

  @AfterEach
  void nothingIsBroken() {
    assertFalse(hall.tally.counts().containsKey(Counter.ENGINE_FAILURES));
    assertEquals(PeerState.CONNECTED, ann.state);
    assertEquals(PeerState.CONNECTED, bob.state);
  }

  @Test
  void whoRacesAnotherWithAClientHelloIsNotHeard() {
    TransportAddress local = ann.client.path().local();
    TransportAddress elsewhere = TransportAddress.ipv4(0xcb0071fe, 666);
    Racer racer = new Racer(hall.network, new FiveTuple(Transport.UDP, local, elsewhere));
    fresh();
    // Whatever reaches Kim: the racer is there before Kim's own answer.
    hall.onJoin = kim -> kim.client.raw(_ -> racer.race(ufragOf("kim")));
    Hall.Guest kim = hall.join("kim");
    kim.client.raw(_ -> {});
    kim.publishing = false;
    int before = ann.number;
    callGoesOn(50, () -> racer.race(ufragOf("kim")));
    assertEquals(50, ann.number - before);
    assertEquals(PeerState.CONNECTED, kim.state);
    assertTrue(kim.heard("ann").getLast() >= 49, () -> "" + kim.heard("ann"));
    assertEquals(0, racer.records());
    assertFalse(racer.won());
    assertTrue(hall.tally.counts().get(Counter.SFU_DROPPED) > 50);
  }

  @Test
  void malformedPacketsOfAUserAreDropped() {
    Hall.Guest eve = hostile();
    callGoesOn(
        100,
        () -> {
          for (byte[] plain : malformed(eve)) {
            eve.client.send(plain);
          }
          byte[] noise = new byte[1 + random.nextInt(60)];
          random.nextBytes(noise);
          noise[0] = (byte) (128 + random.nextInt(64));
          hall.network.send(noise, eve.client.path());
        });
    assertTrue(hall.tally.counts().get(Counter.RTP_DROPPED) >= 300, () -> "" + hall.tally.counts());
    assertTrue(
        hall.tally.counts().get(Counter.INPUT_MALFORMED) >= 20, () -> "" + hall.tally.counts());
    assertEquals(PeerState.CONNECTED, eve.state);
  }

  @Test
  void aUserWhoFloodsIsClosed() {
    Hall.Guest eve = hostile();
    byte[] payload = new byte[TOO_MUCH];
    payload[0] = 0x10;
    int[] sequence = {eve.number};
    callGoesOn(
        150,
        () -> {
          for (int i = 0; i < 40; i++) {
            eve.client.send(rtp(PeerSdp.VP8, eve.ssrc + 1, sequence[0]++, payload));
          }
        });
    assertEquals(PeerState.CLOSED, eve.state);
    assertEquals("limit", reason("eve"));
    assertEquals(List.of("eve"), closed());
  }

  @Test
  void aUserWhoFloodsWithControlPacketsIsClosed() {
    Hall.Guest eve = hostile();
    byte[] report = new byte[1_000];
    report[0] = (byte) 0x80;
    report[1] = (byte) 201;
    report[3] = 1;
    callGoesOn(
        150,
        () -> {
          for (int i = 0; i < 40; i++) {
            eve.client.controlOctets(report);
          }
        });
    assertEquals("limit", reason("eve"));
    assertEquals(List.of("eve"), closed());
  }

  /// Anybody can send with somebody else's address: nobody is closed for what is not authentic.
  @ParameterizedTest
  @ValueSource(ints = {96, 201})
  void aFloodInTheNameOfAnotherClosesNobody(int type) {
    byte[] forged = new byte[1_100];
    random.nextBytes(forged);
    RtpPacket.putHeader(forged, 0, false, 96, 1, 1, ann.ssrc);
    forged[1] = (byte) type;
    fresh();
    callGoesOn(
        150,
        () -> {
          for (int i = 0; i < 40; i++) {
            forged[20] = (byte) i;
            hall.network.send(forged, ann.client.path());
          }
        });
    assertEquals(6_000L, hall.tally.counts().get(Counter.SRTP_REFUSED));
    assertEquals(List.of(), closed());
  }

  @Test
  void moreStreamsThanAllowedAreRefusedOnceAndReachNobody() {
    Hall.Guest eve = hostile();
    long described = described("bob");
    byte[] payload = {0x10, 0, 0, 0, 1};
    int[] ssrc = {50_000};
    callGoesOn(
        100,
        () -> {
          for (int i = 0; i < 50; i++) {
            eve.client.send(rtp(PeerSdp.VP8, ssrc[0]++, 1, payload));
          }
        });
    assertEquals(List.of(SfuRefusal.TOO_MANY_STREAMS), refusals("eve"));
    assertEquals(PeerState.CONNECTED, eve.state);
    assertEquals(described, described("bob"), "no offer because of it");
  }

  /// Ours sent back as if they were Eve's own (RFC 3550, section 8.2), and as they came.
  @Test
  void ourOwnReportsSentBackGoRoundOnlyOnce() {
    Hall.Guest eve = hostile();
    eve.publishing = true;
    int[] calm = {0};
    eve.client.controls(_ -> calm[0]++);
    hall.talk(500);
    fresh();
    int[] looped = {0};
    eve.client.raw(
        octets -> {
          if ((octets[0] & 0xff) >= 128) {
            hall.network.send(octets, eve.client.path());
          }
        });
    eve.client.controls(
        octets -> {
          looped[0]++;
          eve.client.controlOctets(octets);
          eve.client.controlOctets(octets);
        });
    callGoesOn(500, () -> {});
    assertTrue(looped[0] > 5, "only " + looped[0]);
    assertTrue(looped[0] <= calm[0] * 1.2, looped[0] + " after " + calm[0]);
    assertTrue(hall.tally.counts().get(Counter.SRTP_REFUSED) >= looped[0]);
    assertEquals(PeerState.CONNECTED, eve.state);
    assertEquals(List.of(500, 500), ann.heard("eve"));
    assertTrue(ann.keyFrames < 10);
  }

  @Test
  void descriptionsThatAreBombsAreRefused() {
    Hall.Guest eve = hostile();
    List<String> bombs = bombs(eve.client.offer());
    int[] next = {0};
    callGoesOn(
        bombs.size(),
        () -> {
          String bomb = bombs.get(next[0]++);
          hall.order(
              new SfuCommand.Describe("room", "eve", 90 + next[0], SdpType.OFFER, bomb, List.of()));
        });
    assertEquals(bombs.size(), refusals("eve").size());
    assertTrue(
        List.of(SfuRefusal.SDP_MALFORMED, SfuRefusal.SDP_UNACCEPTABLE).containsAll(refusals("eve")),
        () -> "" + refusals("eve"));
    assertEquals(PeerState.CONNECTED, eve.state);
    eve.publishing = true;
    callGoesOn(20, () -> {});
    assertEquals(List.of(20, 20), bob.heard("eve"));
  }

  /// Somebody who has joined as everybody may, and is quiet so far.
  private Hall.Guest hostile() {
    Hall.Guest eve = hall.join("eve");
    hall.talk(20);
    eve.publishing = false;
    fresh();
    return eve;
  }

  private void fresh() {
    hall.talk(20);
    hall.network.pass(SETTLE);
    hall.guests.values().forEach(guest -> guest.got.clear());
  }

  /// Something is done before each of so many frames, and all of the call arrives.
  private void callGoesOn(int frames, Runnable before) {
    ann.got.clear();
    bob.got.clear();
    for (int i = 0; i < frames; i++) {
      before.run();
      hall.talk(1);
    }
    hall.network.pass(SETTLE);
    assertEquals(List.of(frames, frames), ann.heard("bob"));
    assertEquals(List.of(frames, frames), bob.heard("ann"));
  }

  /// Authentic packets that are no good: padding longer than the packet, extensions that end
  /// outside of it, no payload, no such payload type, a repair of nothing.
  private static List<byte[]> malformed(Hall.Guest eve) {
    int video = eve.ssrc + 1;
    byte[] padded = rtp(PeerSdp.VP8, video, eve.number++, new byte[] {0x10, 0, (byte) 200});
    padded[0] |= 0x20;
    byte[] beyond = {(byte) 0xbe, (byte) 0xde, 0, 1, 0x1f, 1, 1, 1, 0x10};
    byte[] extended = rtp(PeerSdp.VP8, video, eve.number++, beyond);
    extended[0] |= 0x10;
    byte[] empty = rtp(PeerSdp.VP8, video, eve.number++, new byte[0]);
    byte[] cut = rtp(PeerSdp.VP8, video, eve.number++, new byte[] {(byte) 0x90});
    byte[] unknown = rtp(50, video, eve.number++, new byte[] {1, 2, 3});
    byte[] repair = rtp(PeerSdp.RTX, eve.ssrc + 2, eve.number, new byte[] {1});
    return List.of(padded, extended, empty, cut, unknown, repair);
  }

  private static List<String> bombs(String good) {
    List<String> bombs = new ArrayList<>();
    bombs.add("");
    bombs.add("v=0");
    bombs.add(good.replace("a=setup:actpass", "a=setup:holdconn"));
    bombs.add(good + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n".repeat(3_000));
    bombs.add(good + "a=x\r\n".repeat(400_000));
    bombs.add(good + lines(20_000, i -> "a=ssrc:" + i + " cname:x"));
    bombs.add(good + lines(20_000, i -> "a=candidate:" + i + " 1 udp 1 192.0.2.1 9 typ host"));
    bombs.add(good + lines(2_000, i -> "a=rid:r" + i + " send"));
    bombs.add(good + lines(600, i -> "a=extmap:" + (i % 250 + 1) + " urn:x" + i));
    bombs.add(good + "a=fmtp:96 " + "x".repeat(2_000_000) + "\r\n");
    bombs.add(good.replace("a=group:BUNDLE", "a=group:BUNDLE" + " 0".repeat(100_000)));
    bombs.add(good.replace("VP8", "V\0P8") + "\0\0\0");
    bombs.add("\ud800".repeat(5_000_000));
    bombs.add(good.replace("m=video 9", "m=video 99999999999999999999"));
    return bombs;
  }

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  private static byte[] rtp(int type, int ssrc, int sequence, byte[] payload) {
    byte[] plain = new byte[RtpPacket.FIXED_HEADER + payload.length];
    RtpPacket.putHeader(plain, 0, true, type, sequence & 0xffff, sequence * 100, ssrc);
    System.arraycopy(payload, 0, plain, RtpPacket.FIXED_HEADER, payload.length);
    return plain;
  }

  /// The server's user name fragment, as the peer's description says.
  private String ufragOf(String peer) {
    for (SfuEvent event : hall.told) {
      if (event instanceof SfuEvent.Described it && it.peer().equals(peer)) {
        Matcher found = UFRAG.matcher(it.sdp());
        assertTrue(found.find());
        return found.group(1);
      }
    }
    return "unknown";
  }

  private List<SfuRefusal> refusals(String peer) {
    return hall.told.stream()
        .filter(SfuEvent.DescriptionRefused.class::isInstance)
        .map(SfuEvent.DescriptionRefused.class::cast)
        .filter(refused -> refused.peer().equals(peer))
        .map(SfuEvent.DescriptionRefused::reason)
        .toList();
  }

  private long described(String peer) {
    return hall.told.stream()
        .filter(event -> event instanceof SfuEvent.Described it && it.peer().equals(peer))
        .count();
  }

  private List<String> closed() {
    return changes().filter(it -> it.state() == PeerState.CLOSED).map(it -> it.peer()).toList();
  }

  private String reason(String peer) {
    return changes()
        .filter(it -> it.state() == PeerState.CLOSED && it.peer().equals(peer))
        .map(SfuEvent.PeerChanged::reason)
        .findFirst()
        .orElse("open");
  }

  private Stream<SfuEvent.PeerChanged> changes() {
    return hall.told.stream()
        .filter(SfuEvent.PeerChanged.class::isInstance)
        .map(SfuEvent.PeerChanged.class::cast);
  }
}
