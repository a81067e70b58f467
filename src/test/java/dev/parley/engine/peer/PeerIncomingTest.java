package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.PeerScenario.Kept;
import dev.parley.engine.peer.PeerScenario.Told;
import dev.parley.lab.PeerSdp;
import dev.parley.media.Counter;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.SfuRefusal;
import dev.parley.protocol.rtcp.NtpTime;
import dev.parley.protocol.rtcp.RtcpVisitor;
import dev.parley.protocol.sdp.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerIncomingTest {
  private PeerScenario scenario = new PeerScenario();
  private final List<Integer> lost = new ArrayList<>();
  private final List<Integer> blocks = new ArrayList<>();
  private int feedbacks;
  private int plis;
  private int references;

  private final class Heard implements RtcpVisitor {
    @Override
    public void lost(int senderSsrc, int mediaSsrc, int sequence) {
      lost.add(sequence);
      scenario.client.send(Media.rtx(Media.CAMERA_RTX, lost.size(), sequence));
    }

    @Override
    public void reportBlock(
        int senderSsrc,
        int ssrc,
        int fractionLost,
        int cumulativeLost,
        int highestSequence,
        int jitter,
        int lastSr,
        int delaySinceLastSr) {
      blocks.add(ssrc);
    }

    @Override
    public void transportFeedback(int sender, int media, byte[] octets, int at, int length) {
      feedbacks++;
    }

    @Override
    public void pli(int senderSsrc, int mediaSsrc) {
      plis++;
    }

    @Override
    public void receiverReferenceTime(int senderSsrc, long ntp) {
      references++;
      // The answer goes at once.
      scenario.client.control(
          writer -> {
            writer.receiverReport(Media.CAMERA);
            writer.delaySinceLastRr(Media.CAMERA, senderSsrc, NtpTime.middle(ntp), 0);
          });
    }
  }

  private PeerScenario camera(boolean announced) {
    PeerSdp.Place place = scenario.client.sdp().add("video", Direction.SENDONLY);
    if (announced) {
      place.ssrc = Media.CAMERA;
      place.repair = Media.CAMERA_RTX;
    }
    scenario.offer().connect();
    scenario.client.visitor(new Heard());
    return scenario;
  }

  private Kept sink(int ssrc) {
    return scenario.sinks.get(ssrc);
  }

  @Test
  void packetsComeToTheSinkInTheClearWithTheirOwnHeader() {
    camera(true);
    byte[] packet = Media.video(Media.CAMERA, 1);
    scenario.client.send(packet);
    scenario.client.send(Media.video(Media.CAMERA, 2));
    scenario.pass(20);
    assertEquals(
        List.of(new Told.Streaming("0", null, Media.CAMERA, "VP8")),
        scenario.told(Told.Streaming.class));
    assertEquals(2, sink(Media.CAMERA).packets.size());
    assertArrayEquals(packet, sink(Media.CAMERA).packets.getFirst());
  }

  @Test
  void whatIsLostIsAskedForAndComesAsRtx() {
    camera(true);
    scenario.network.loss(0.1, 0);
    for (int i = 1; i <= 300; i++) {
      scenario.client.send(Media.video(Media.CAMERA, i));
      scenario.pass(5);
    }
    scenario.network.loss(0, 0);
    scenario.client.send(Media.video(Media.CAMERA, 301));
    scenario.pass(1_000);
    Kept sink = sink(Media.CAMERA);
    assertTrue(sink.repaired > 10);
    int first = sink.sequences.first();
    assertEquals(302 - first, sink.sequences.size());
    assertEquals(sink.sequences.size(), sink.packets.size());
    for (byte[] packet : sink.packets) {
      int sequence = (packet[2] & 0xff) << 8 | packet[3] & 0xff;
      byte[] payload = Arrays.copyOfRange(packet, packet.length - 200, packet.length);
      assertArrayEquals(Media.vp8(sequence), payload);
    }
  }

  @Test
  void anSsrcIsKnownByMidAndLayer() {
    scenario.client.sdp().add("video", Direction.SENDONLY).rids = List.of("q", "h", "f");
    scenario.client.sdp().add("video", Direction.SENDONLY);
    scenario.offer().connect();
    byte[] payload = Media.vp8(1);
    scenario.client.send(Media.packet(PeerSdp.VP8, 31, 1, "0", "h", payload));
    scenario.client.send(Media.packet(PeerSdp.VP8, 32, 1, "0", "f", payload));
    scenario.client.send(Media.packet(PeerSdp.VP8, 33, 1, "1", null, payload));
    scenario.client.send(Media.packet(PeerSdp.VP8, 34, 1, "0", "x", payload));
    scenario.client.send(Media.packet(PeerSdp.VP8, 35, 1, "9", null, payload));
    scenario.client.send(Media.packet(PeerSdp.VP8, 36, 1, null, null, payload));
    scenario.client.send(Media.packet(PeerSdp.VP8, 32, 2, null, null, payload));
    scenario.pass(20);
    assertEquals(
        List.of(
            new Told.Streaming("0", "h", 31, "VP8"),
            new Told.Streaming("0", "f", 32, "VP8"),
            new Told.Streaming("1", null, 33, "VP8")),
        scenario.told(Told.Streaming.class));
    assertEquals(2, sink(32).packets.size());
    assertEquals(3L, scenario.tally.counts().get(Counter.RTP_DROPPED));
  }

  @Test
  void theRetransmissionsOfALayerAreKnownByItsName() {
    scenario.client.sdp().add("video", Direction.SENDONLY).rids = List.of("q", "h");
    scenario.offer().connect();
    scenario.client.send(Media.packet(PeerSdp.VP8, 31, 5, "0", "h", Media.vp8(5)));
    scenario.client.send(Media.packet(PeerSdp.VP8, 31, 7, "0", "h", Media.vp8(7)));
    byte[] again = new byte[] {0, 6, 1, 2, 3};
    scenario.client.send(Media.packet(PeerSdp.RTX, 41, 1, "0", "q", again));
    scenario.client.send(Media.packet(PeerSdp.RTX, 42, 1, "0", "h", again));
    scenario.pass(20);
    assertEquals(1, sink(31).repaired);
    assertEquals(3, sink(31).packets.size());
  }

  @Test
  void theOnlySectionWithThatPayloadTypeHasTheSsrc() {
    scenario.client.sdp().add("audio", Direction.SENDONLY);
    camera(false);
    scenario.client.send(Media.video(7, 1));
    scenario.client.send(Media.audio(8, 1));
    scenario.pass(20);
    assertEquals(
        List.of(new Told.Streaming("1", null, 7, "VP8"), new Told.Streaming("0", null, 8, "opus")),
        scenario.told(Told.Streaming.class));
  }

  @Test
  void anUnwantedStreamIsAskedAboutOnce() {
    camera(true);
    scenario.wantsStreams = false;
    scenario.client.send(Media.video(Media.CAMERA, 1));
    scenario.client.send(Media.video(Media.CAMERA, 2));
    scenario.pass(200);
    assertEquals(1, scenario.told(Told.Streaming.class).size());
    assertEquals(2L, scenario.tally.counts().get(Counter.RTP_DROPPED));
    assertTrue(feedbacks > 0);
  }

  @Test
  void closingFromWithinAStreamIsSafe() {
    camera(true);
    scenario.onStream = () -> scenario.peer.close("left", scenario.network.now());
    scenario.client.send(Media.video(Media.CAMERA, 1));
    scenario.client.send(Media.video(Media.CAMERA, 2));
    scenario.pass(200);
    assertEquals("left", scenario.closedFor());
  }

  @Test
  void replayedAndForgedPacketsChangeNothing() {
    camera(true);
    byte[] packet = scenario.client.protect(Media.video(Media.CAMERA, 1));
    scenario.network.send(packet, scenario.client.path());
    scenario.network.send(packet, scenario.client.path());
    byte[] forged = scenario.client.protect(Media.video(Media.CAMERA, 2));
    forged[50] ^= 1;
    scenario.network.send(forged, scenario.client.path());
    for (int i = 0; i < 1000; i++) {
      byte[] flood = forged.clone();
      flood[8] = (byte) i;
      flood[9] = (byte) (i >> 8);
      scenario.network.send(flood, scenario.client.path());
    }
    scenario.pass(100);
    assertEquals(1, sink(Media.CAMERA).packets.size());
    assertEquals(1002L, scenario.tally.counts().get(Counter.SRTP_REFUSED));
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
    scenario.client.send(Media.video(Media.CAMERA, 2));
    scenario.pass(100);
    assertEquals(2, sink(Media.CAMERA).packets.size());
  }

  @Test
  void moreStreamsThanAllowedAreRefusedAndToldOnce() {
    PeerLimits limits = new PeerLimits(8, 3, 0, 8);
    scenario = new PeerScenario(new PeerPolicy(true, true, true, limits), 1);
    camera(false);
    for (int i = 0; i < 2000; i++) {
      scenario.client.send(Media.video(100 + i, 1));
    }
    scenario.pass(200);
    assertEquals(3, scenario.told(Told.Streaming.class).size());
    assertEquals(
        List.of(new Told.Refused(0, SfuRefusal.TOO_MANY_STREAMS)),
        scenario.told(Told.Refused.class));
    scenario.client.send(Media.video(100, 2));
    scenario.pass(100);
    assertEquals(2, sink(100).packets.size());
  }

  @Test
  void tooMuchForTooLongEndsIt() {
    PeerLimits limits = new PeerLimits(8, 8, 100_000, 8);
    scenario = new PeerScenario(new PeerPolicy(true, true, true, limits), 1);
    camera(true);
    int i = 1;
    for (; i < 180; i++) {
      scenario.client.send(Media.video(Media.CAMERA, i));
      scenario.pass(10);
    }
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
    for (; i < 300; i++) {
      scenario.client.send(Media.video(Media.CAMERA, i));
      scenario.pass(10);
    }
    assertEquals("limit", scenario.closedFor());
  }

  @Test
  void aShortBurstIsForgiven() {
    PeerLimits limits = new PeerLimits(8, 8, 100_000, 8);
    scenario = new PeerScenario(new PeerPolicy(true, true, true, limits), 1);
    camera(true);
    for (int burst = 0; burst < 5; burst++) {
      for (int i = 1; i < 100; i++) {
        scenario.client.send(Media.video(Media.CAMERA, burst * 100 + i));
        scenario.pass(10);
      }
      scenario.pass(1_000);
    }
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
  }

  @Test
  void reportsArrivalsAndTheRoundTripAreTold() {
    camera(true);
    for (int i = 1; i < 100; i++) {
      scenario.client.send(Media.video(Media.CAMERA, i));
      scenario.pass(30);
    }
    assertTrue(feedbacks >= 20 && feedbacks <= 60, () -> "" + feedbacks);
    assertTrue(blocks.size() >= 2 && blocks.size() <= 6, () -> "" + blocks.size());
    assertTrue(references >= 2);
    assertTrue(sink(Media.CAMERA).trip >= 0);
  }

  @Test
  void aKeyFrameIsAskedForAtOnce() {
    camera(true);
    scenario.peer.requestKeyFrame(Media.CAMERA, scenario.network.now());
    scenario.pass(11);
    assertEquals(1, plis);
  }

  @Test
  void aSenderReportGoesToItsSink() {
    camera(true);
    scenario.client.send(Media.video(Media.CAMERA, 1));
    scenario.client.control(writer -> writer.senderReport(Media.CAMERA, 1L << 40, 2, 3, 4));
    scenario.pass(100);
    assertEquals(1, sink(Media.CAMERA).reports);
  }

  @Test
  void byeEndsAStreamUntilItGoesOnWithNewPackets() {
    camera(true);
    scenario.client.send(Media.video(Media.CAMERA, 10));
    scenario.pass(20);
    Kept first = sink(Media.CAMERA);
    scenario.client.control(writer -> writer.receiverReport(Media.CAMERA));
    scenario.client.control(
        writer -> {
          writer.receiverReport(Media.CAMERA);
          writer.bye(Media.CAMERA);
        });
    scenario.client.send(Media.video(Media.CAMERA, 9));
    scenario.pass(20);
    assertEquals(1, first.ended);
    assertEquals(1, scenario.told(Told.Streaming.class).size());
    scenario.client.send(Media.video(Media.CAMERA, 11));
    scenario.pass(20);
    assertEquals(2, scenario.told(Told.Streaming.class).size());
    assertEquals(1, sink(Media.CAMERA).packets.size());
    assertEquals(1, first.packets.size());
  }

  @Test
  void paddingAndUnknownPayloadTypesAreKeptApart() {
    camera(true);
    byte[] padding = Media.packet(PeerSdp.VP8, Media.CAMERA, 2, null, null, new byte[20]);
    padding[0] |= 0x20;
    padding[padding.length - 1] = 20;
    byte[] malformed = Media.packet(PeerSdp.VP8, Media.CAMERA, 3, null, null, new byte[20]);
    malformed[0] |= 0x20;
    scenario.client.send(Media.video(Media.CAMERA, 1));
    scenario.client.send(padding);
    scenario.client.send(malformed);
    scenario.client.send(Media.packet(77 - 20, Media.CAMERA, 4, null, null, new byte[20]));
    scenario.client.send(Media.packet(PeerSdp.RTX, Media.CAMERA, 5, null, null, new byte[20]));
    scenario.pass(20);
    assertEquals(2, sink(Media.CAMERA).packets.size());
    assertEquals(3L, scenario.tally.counts().get(Counter.RTP_DROPPED));
  }

  @Test
  void retransmissionsBeforeTheirStreamAreDroppedAndTakenLater() {
    camera(true);
    scenario.client.send(Media.rtx(Media.CAMERA_RTX, 1, 5));
    scenario.client.send(Media.video(Media.CAMERA, 4));
    scenario.client.send(Media.video(Media.CAMERA, 6));
    scenario.client.send(Media.rtx(Media.CAMERA_RTX, 2, 5));
    scenario.pass(11);
    assertEquals(1, sink(Media.CAMERA).repaired);
  }

  @Test
  void anOutageMakesAKeyFrameWanted() {
    camera(true);
    scenario.client.send(Media.video(Media.CAMERA, 1));
    scenario.client.send(Media.video(Media.CAMERA, 1000));
    scenario.pass(11);
    assertEquals(1, sink(Media.CAMERA).givenUp);
  }
}
