package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.PeerScenario.Asked;
import dev.parley.engine.peer.PeerScenario.Told;
import dev.parley.lab.PeerSdp;
import dev.parley.media.Counter;
import dev.parley.media.PeerState;
import dev.parley.protocol.rtcp.RtcpVisitor;
import dev.parley.protocol.rtp.DependencyDescriptorWriter;
import dev.parley.protocol.rtp.HeaderExtensionWriter;
import dev.parley.protocol.rtp.HeaderExtensions;
import dev.parley.protocol.rtp.RtpExtension;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.rtp.Vp8Descriptor;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Direction;
import dev.parley.protocol.sdp.ExtensionMap;
import dev.parley.protocol.sdp.Section;
import dev.parley.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeerOutgoingTest {
  private static final int SSRC = 0x5000_0001;
  private final PeerScenario scenario = new PeerScenario();
  private final Asked asked = new Asked();

  /// The client publishes a camera and receives one.
  private Sender sender() {
    PeerSdp.Place place = scenario.client.sdp().add("video", Direction.SENDONLY);
    place.ssrc = Media.CAMERA;
    scenario.offer().connect();
    scenario.peer.want(List.of(PeerScenario.video("v", SSRC)), scenario.network.now());
    scenario.answer();
    Sender sender = scenario.senders.get("v");
    asked.ssrc = SSRC;
    sender.side(asked);
    sender.from(scenario.publications.get("0"));
    scenario.peer.useful(0, scenario.network.now());
    return sender;
  }

  private void send(Sender sender, byte[] packet, long sequence, int picture) {
    int header = RtpPacket.headerLength(packet, 0, packet.length);
    int type = sender.payloadType(published());
    long now = scenario.network.now();
    int payload = packet.length - header;
    sender.send(
        packet, 0, header, payload, 0, type, sequence, 9000, numbered(picture, picture), now);
  }

  private static PacketChange numbered(int picture, int tl0) {
    PacketChange change = new PacketChange();
    change.numbers(picture, tl0, PacketChange.NONE);
    return change;
  }

  private Codec published() {
    return scenario.publications.get("0").section().codec(PeerSdp.VP8);
  }

  @Test
  void aPacketArrivesUnderNumbersOfItsOwnAndThePictureToo() {
    Sender sender = sender();
    byte[] packet = Media.video(Media.CAMERA, 4);
    send(sender, packet, 70_000, 300);
    scenario.pass(20);
    byte[] came = scenario.client.packets().getFirst();
    int header = RtpPacket.headerLength(came, 0, came.length);
    assertEquals(SSRC, RtpPacket.ssrc(came, 0));
    assertEquals(70_000 & 0xffff, RtpPacket.sequence(came, 0));
    assertEquals(9000, RtpPacket.timestamp(came, 0));
    assertTrue(RtpPacket.marker(came, 0));
    assertEquals(300, Vp8Descriptor.pictureId(came, header));
    assertEquals(300 & 0xff, Vp8Descriptor.tl0PicIdx(came, header));
    assertEquals(200, came.length - header);
    assertEquals(4, packet[packet.length - 1]);
    assertEquals(4, Vp8Descriptor.pictureId(packet, packet.length - 200));
  }

  @Test
  void aRepairNamesTheOriginalAndGoesUnderTheOtherSsrc() {
    Sender sender = sender();
    assertTrue(sender.repairs());
    byte[] packet = Media.video(Media.CAMERA, 4);
    int header = packet.length - 200;
    int type = sender.payloadType(published());
    sender.repair(packet, 0, header, 200, type, 70_000, 9000, numbered(300, -1), 0);
    sender.repair(packet, 0, header, 200, type, 70_000, 9000, numbered(300, -1), 0);
    scenario.pass(20);
    byte[] came = scenario.client.packets().getLast();
    int payload = RtpPacket.headerLength(came, 0, came.length);
    assertEquals(SSRC + 1, RtpPacket.ssrc(came, 0));
    assertEquals(70_000 & 0xffff, Octets.u16(came, payload));
    assertEquals(300, Vp8Descriptor.pictureId(came, payload + 2));
    assertEquals(202, came.length - payload);
    int before = RtpPacket.sequence(scenario.client.packets().getFirst(), 0);
    assertEquals(before + 1, RtpPacket.sequence(came, 0));
  }

  @Test
  void theReceiversMidIsSaidUntilItReports() {
    Sender sender = sender();
    send(sender, Media.video(Media.CAMERA, 4), 1, -1);
    scenario.pass(20);
    byte[] named = scenario.client.packets().getFirst();
    scenario.client.control(
        writer -> {
          writer.receiverReport(1);
          writer.reportBlock(SSRC, 0, 0, 1, 0, 0, 0);
        });
    scenario.pass(20);
    send(sender, Media.video(Media.CAMERA, 5), 2, -1);
    scenario.pass(20);
    byte[] plain = scenario.client.packets().getLast();
    int first = HeaderExtensions.first(named, 0, RtpPacket.headerLength(named, 0, named.length));
    byte[] mid = sender.mid().getBytes(StandardCharsets.US_ASCII);
    assertEquals(mid[0], named[first]);
    // The transport-wide number alone.
    assertEquals(12 + 4 + 4, RtpPacket.headerLength(plain, 0, plain.length));
    assertEquals(1, asked.blocks);
  }

  @Test
  void aLevelGoesOnUnderTheReceiversId() {
    Section publisher = levels(5);
    Section receiver = levels(9);
    ExtensionTranslation translation =
        new ExtensionTranslation(new HeaderExtensionWriter(), new DependencyDescriptorWriter());
    translation.section(receiver, false);
    translation.from(publisher);
    byte[] packet = new byte[100];
    RtpPacket.putHeader(packet, 0, false, 111, 1, 2, 3);
    HeaderExtensionWriter writer =
        new HeaderExtensionWriter().begin(packet, 12, HeaderExtensionWriter.Form.ONE_BYTE);
    packet[writer.put(5, 1)] = 77;
    packet[writer.put(6, 1)] = 78;
    int header = 12 + writer.finish();
    RtpPacket.putExtension(packet, 0, true);
    byte[] out = new byte[100];
    RtpPacket.putHeader(out, 0, false, 111, 1, 2, 4);
    int length = translation.write(packet, 0, header, out, 0, false, new PacketChange());
    int value = HeaderExtensions.find(out, 0, length, 9);
    assertEquals(77, out[value]);
    assertEquals(16 + 4, length);
  }

  @Test
  void aDependencyDescriptorGoesOnWithItsNewNumberAndWhatIsActive() {
    ExtensionTranslation translation =
        new ExtensionTranslation(new HeaderExtensionWriter(), new DependencyDescriptorWriter());
    String descriptors = RtpExtension.DEPENDENCY_DESCRIPTOR.uri();
    translation.section(mapped(9, descriptors), false);
    translation.from(mapped(5, descriptors));
    byte[] packet = new byte[100];
    RtpPacket.putHeader(packet, 0, false, 96, 1, 2, 3);
    HeaderExtensionWriter writer =
        new HeaderExtensionWriter().begin(packet, 12, HeaderExtensionWriter.Form.ONE_BYTE);
    writer.put(5, new byte[] {(byte) 0x86, 1, 0x73}, 0, 3);
    int header = 12 + writer.finish();
    RtpPacket.putExtension(packet, 0, true);
    byte[] out = new byte[100];
    RtpPacket.putHeader(out, 0, false, 96, 1, 2, 4);
    PacketChange change = new PacketChange();
    change.numbers(PacketChange.NONE, PacketChange.NONE, 0xbeef);
    change.picture(true, 9, 0b111);
    int length = translation.write(packet, 0, header, out, 0, false, change);
    int value = HeaderExtensions.find(out, 0, length, 9);
    assertEquals(5, HeaderExtensions.length(out, 0, value));
    assertEquals(0xbeef, Octets.u16(out, value + 1));
    assertEquals(0x401c, Octets.u16(out, value + 3));
  }

  @Test
  void theLastPacketOfAPartOfAPictureIsMarked() {
    Sender sender = sender();
    byte[] packet = Media.video(Media.CAMERA, 4);
    RtpPacket.putMarker(packet, 0, false);
    int header = packet.length - 200;
    int type = sender.payloadType(published());
    PacketChange change = new PacketChange();
    sender.send(packet, 0, header, 200, 0, type, 1, 9000, change, scenario.network.now());
    change.picture(true, 0, 0);
    sender.send(packet, 0, header, 200, 0, type, 2, 9000, change, scenario.network.now());
    // A place that is to be filled, with nothing in it.
    sender.send(packet, 0, header, 0, 0, type, 3, 9000, change, scenario.network.now());
    scenario.pass(20);
    List<byte[]> came = scenario.client.packets();
    assertFalse(RtpPacket.marker(came.getFirst(), 0));
    assertTrue(RtpPacket.marker(came.get(1), 0));
    assertEquals(0, RtpPacket.payloadLength(came.get(2), 0, came.get(2).length));
  }

  private static Section levels(int id) {
    return mapped(id, "urn:ietf:params:rtp-hdrext:ssrc-audio-level");
  }

  private static Section mapped(int id, String uri) {
    return new Section(
        0,
        "audio",
        "0",
        "UDP/TLS/RTP/SAVPF",
        List.of(),
        false,
        null,
        Direction.SENDRECV,
        List.of(),
        List.of(new ExtensionMap(id, uri)),
        List.of(),
        List.of(),
        List.of(),
        true,
        null);
  }

  @Test
  void whatTheReceiverAsksForComesToTheSubscription() {
    sender();
    scenario.client.control(writer -> writer.nack(1, SSRC, new int[] {5, 6}, 0, 2));
    scenario.client.control(writer -> writer.pli(1, SSRC));
    scenario.client.control(writer -> writer.fir(1, SSRC, 3));
    scenario.client.control(writer -> writer.fir(1, SSRC, 3));
    scenario.client.control(writer -> writer.fir(1, SSRC, 4));
    scenario.client.control(writer -> writer.pli(1, SSRC + 1));
    scenario.client.control(writer -> writer.pli(1, 99));
    scenario.pass(20);
    assertEquals(List.of(5), asked.nacks);
    assertEquals(3, asked.keyFrames);
  }

  @Test
  void itsSenderReportsGoOutWithItsName() {
    sender();
    List<Integer> reports = new ArrayList<>();
    List<Integer> named = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    scenario.client.visitor(
        new RtcpVisitor() {
          @Override
          public void senderReport(int ssrc, long ntp, int timestamp, int packets, int octets) {
            reports.add(ssrc);
          }

          @Override
          public void sdesCname(int ssrc, byte[] octets, int at, int length) {
            named.add(ssrc);
          }

          @Override
          public void bye(int ssrc) {
            left.add(ssrc);
          }
        });
    scenario.pass(5_000);
    assertTrue(reports.size() >= 3 && reports.size() <= 10);
    assertTrue(named.contains(SSRC));
    scenario.peer.close("left", scenario.network.now());
    scenario.pass(20);
    assertTrue(left.contains(SSRC));
  }

  @Test
  void aTrackThatIsWantedNoLongerStopsAtOnceAndItsSectionFollows() {
    sender();
    scenario.peer.want(List.of(), scenario.network.now());
    assertEquals(new Told.Stopped("v"), scenario.told(Told.Stopped.class).getFirst());
    assertEquals(2, scenario.offers.size());
    scenario.answer();
    scenario.peer.want(List.of(PeerScenario.video("w", 9)), scenario.network.now());
    scenario.answer();
    assertEquals(
        List.of(new Told.Sending("v"), new Told.Sending("w")), scenario.told(Told.Sending.class));
  }

  @Test
  void aSenderThatWasStoppedSendsNothing() {
    Sender sender = sender();
    scenario.peer.want(List.of(), scenario.network.now());
    send(sender, Media.video(Media.CAMERA, 4), 1, -1);
    scenario.pass(20);
    assertEquals(List.of(), scenario.client.packets());
  }

  @Test
  void aTrackThatIsSentAgainUnderItsSsrcUsesNoNumberTwice() {
    Sender sender = sender();
    send(sender, Media.video(Media.CAMERA, 4), 20_000, -1);
    scenario.peer.want(List.of(), scenario.network.now());
    scenario.answer();
    scenario.peer.want(List.of(PeerScenario.video("v", SSRC)), scenario.network.now());
    scenario.answer();
    Sender again = scenario.senders.get("v");
    again.side(asked);
    again.from(scenario.publications.get("0"));
    send(again, Media.video(Media.CAMERA, 5), 20_000, -1);
    scenario.pass(20);
    int wire = RtpPacket.sequence(scenario.client.packets().getLast(), 0);
    assertTrue(wire > 20_000);
    scenario.client.control(writer -> writer.nack(1, SSRC, new int[] {wire}, 0, 1));
    scenario.pass(20);
    assertEquals(List.of(20_000), asked.nacks);
  }

  @Test
  void reflectedAndHostileControlPacketsHarmNobody() {
    sender();
    List<byte[]> seen = new ArrayList<>();
    scenario.client.raw(seen::add);
    scenario.pass(3_000);
    scenario.client.raw(_ -> {});
    int reflected = 0;
    for (byte[] datagram : List.copyOf(seen)) {
      if (datagram[0] < 0) {
        reflected++;
        scenario.network.send(datagram, scenario.client.path());
      }
    }
    scenario.pass(20);
    assertTrue(reflected > 0);
    assertEquals((long) reflected, scenario.tally.counts().get(Counter.SRTP_REFUSED));
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] octets = new byte[8 + 4 * random.nextInt(20)];
      random.nextBytes(octets);
      octets[0] = (byte) (0x80 | octets[0] & 0x3f);
      octets[1] = (byte) (200 + random.nextInt(8));
      octets[2] = 0;
      octets[3] = (byte) (octets.length / 4 - 1);
      Octets.put32(octets, 4, random.nextBoolean() ? Media.CAMERA : 1);
      scenario.client.controlOctets(octets);
    }
    scenario.pass(100);
    assertEquals(PeerState.CONNECTED, scenario.peer.state());
  }
}
