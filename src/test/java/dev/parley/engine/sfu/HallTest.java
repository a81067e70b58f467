package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whole rooms with whole clients: what they publish reaches the others, whatever happens to some.
class HallTest {
  final Hall hall = hall();

  /// Where all this happens.
  Hall hall() {
    return new Hall();
  }

  @Test
  void threeWhoPublishGetWhatTheOthersPublish() {
    three();
    hall.talk(100);
    for (Hall.Guest guest : hall.guests.values()) {
      assertEquals(4, guest.streams(95), guest.name + " " + sizes(guest));
      assertEquals(4, guest.reports.size(), guest.name);
    }
    assertFalse(hall.tally.counts().containsKey(Counter.ENGINE_FAILURES));
  }

  @Test
  void whoComesByTcpGetsAndGivesLikeTheOthers() {
    hall.join("ann");
    hall.transport = Transport.TCP;
    Hall.Guest bob = hall.join("bob");
    hall.talk(50);
    assertEquals(2, bob.streams(45), sizes(bob));
    assertEquals(2, hall.guests.get("ann").streams(45));
  }

  @Test
  void whoOffersAtOnceIsAnsweredBeforeItIsOfferedAnything() {
    three();
    hall.join("eve");
    SfuEvent.Described first =
        hall.told.stream()
            .filter(SfuEvent.Described.class::isInstance)
            .map(SfuEvent.Described.class::cast)
            .filter(each -> each.peer().equals("eve"))
            .findFirst()
            .orElseThrow();
    assertEquals(SdpType.ANSWER, first.type());
  }

  @Test
  void whatIsLostOnEitherWayIsSentAgain() {
    three();
    hall.talk(10);
    hall.network.loss(0.05, 0.05);
    for (int i = 0; i < 30; i++) {
      hall.talk(5);
      hall.guests.values().forEach(Hall.Guest::askForLost);
    }
    hall.network.loss(0, 0);
    for (int i = 0; i < 5; i++) {
      hall.talk(10);
      hall.guests.values().forEach(Hall.Guest::askForLost);
    }
    hall.network.pass(Duration.ofMillis(100));
    for (Hall.Guest guest : hall.guests.values()) {
      assertEquals(0, guest.lacks(), guest.name + " " + sizes(guest));
    }
    assertTrue(hall.tally.counts().get(Counter.SFU_REPAIRS_IN) > 5);
    assertTrue(hall.tally.counts().get(Counter.SFU_REPAIRS_OUT) > 10);
  }

  @Test
  void aMutedTrackReachesNobodyAndComesBack() {
    three();
    hall.talk(20);
    String track = video("ann");
    hall.order(new SfuCommand.MuteTrack("room", track, true));
    hall.network.pass(Duration.ofMillis(100));
    hall.guests.values().forEach(guest -> guest.got.clear());
    hall.talk(20);
    assertEquals(3, hall.guests.get("bob").streams(15));
    hall.order(new SfuCommand.MuteTrack("room", track, false));
    hall.talk(30);
    assertEquals(4, hall.guests.get("bob").streams(15));
  }

  @Test
  void aLateJoinerGetsAllThere() {
    three();
    hall.talk(50);
    Hall.Guest eve = hall.join("eve");
    hall.talk(50);
    assertEquals(6, eve.streams(30), sizes(eve));
  }

  @Test
  void whoLeavesIsGoneFromTheOthersAndTheyGoOn() {
    three();
    hall.talk(20);
    hall.leave("ann");
    assertEquals(2, hall.told.stream().filter(SfuEvent.TrackDown.class::isInstance).count());
    hall.network.pass(Duration.ofMillis(100));
    hall.guests.values().forEach(guest -> guest.got.clear());
    hall.talk(50);
    assertEquals(2, hall.guests.get("bob").streams(45));
    assertEquals(2, hall.guests.get("bob").got.size());
  }

  @Test
  void aSecondPeerOfAParticipantGetsTheOthersOnly() {
    hall.join("ann");
    hall.join("bob");
    Hall.Guest screen = hall.join("ann-screen", "ann", true);
    hall.talk(50);
    assertEquals(2, screen.streams(40), sizes(screen));
    assertEquals(2, hall.guests.get("ann").streams(40));
    assertEquals(4, hall.guests.get("bob").streams(40));
  }

  @Test
  void theClosedTabIsGoneWithinTheConsentTime() {
    three();
    hall.guests.get("ann").client.vanish();
    hall.guests.get("ann").publishing = false;
    hall.network.pass(Duration.ofSeconds(40));
    assertEquals(PeerState.CLOSED, hall.guests.get("ann").state);
    assertEquals(2, hall.told.stream().filter(SfuEvent.TrackDown.class::isInstance).count());
  }

  @Test
  void joinsAndLeavesLeaveNothing() {
    for (int i = 0; i < 12; i++) {
      hall.join("guest" + i);
      hall.talk(5);
      if (i >= 3) {
        hall.leave("guest" + (i - 3));
      }
    }
    for (int i = 9; i < 12; i++) {
      hall.leave("guest" + i);
    }
    assertTrue(hall.empty());
  }

  @Test
  void aViewerWhoComesBeforeThePublisherWatchesWhoeverComesInOneStream() {
    Hall.Guest viewer = hall.watch("tv");
    hall.network.until("connected", viewer::connected);
    int packets = 0;
    for (String name : List.of("obs1", "obs2", "obs3")) {
      hall.join(name);
      hall.talk(30);
      hall.leave(name);
      hall.network.pass(Duration.ofMillis(500));
      packets += 28;
      assertEquals(2, viewer.got.size());
      assertEquals(2, viewer.streams(packets), sizes(viewer));
      assertEquals(0, viewer.lacks());
    }
    assertFalse(
        hall.told.stream()
            .anyMatch(
                each ->
                    each instanceof SfuEvent.Described it
                        && it.peer().equals("tv")
                        && it.type() == SdpType.OFFER));
    hall.leave("tv");
    assertTrue(hall.empty());
    assertFalse(hall.tally.counts().containsKey(Counter.ENGINE_FAILURES));
  }

  @Test
  void whatAViewerLosesIsSentAgainAlsoAcrossPublishers() {
    Hall.Guest viewer = hall.watch("tv");
    hall.network.until("connected", viewer::connected);
    for (String name : List.of("obs1", "obs2")) {
      hall.join(name);
      for (int i = 0; i < 20; i++) {
        hall.network.loss(0, 0.05);
        hall.talk(5);
        viewer.askForLost();
      }
      hall.network.loss(0, 0);
      for (int i = 0; i < 3; i++) {
        hall.talk(5);
        viewer.askForLost();
      }
      hall.network.pass(Duration.ofMillis(100));
      assertEquals(0, viewer.lacks(), sizes(viewer));
      hall.leave(name);
    }
  }

  @Test
  void aViewerThatNeverStartsIceIsGivenUpAfterHalfAMinute() {
    hall.network.loss(1, 0);
    hall.watch("tv");
    hall.network.pass(Duration.ofSeconds(29));
    assertEquals(PeerState.CONNECTING, hall.guests.get("tv").state);
    hall.network.pass(Duration.ofSeconds(2));
    SfuEvent gone = new SfuEvent.PeerChanged("room", "tv", PeerState.CLOSED, "timeout");
    assertEquals(gone, hall.told.getLast());
    assertTrue(hall.empty());
  }

  @Test
  void aHostilePeerHarmsNobodyElse() {
    three();
    Hall.Guest eve = hall.join("eve");
    hall.talk(30);
    hall.guests.values().forEach(guest -> guest.got.clear());
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      int ssrc = random.nextInt();
      byte[] flood = new byte[40];
      RtpPacket.putHeader(flood, 0, false, 96, i, i, ssrc);
      eve.client.send(flood);
      int[] nacks = random.ints(30, 0, 65_536).sorted().toArray();
      eve.client.control(
          writer -> {
            for (int media : eve.reports.keySet()) {
              writer.pli(1, media);
              writer.nack(1, media, nacks, 0, nacks.length);
            }
          });
      byte[] noise = new byte[60];
      random.nextBytes(noise);
      noise[0] = (byte) 0x80;
      noise[1] = (byte) 200;
      noise[3] = (byte) (noise[3] & 15);
      eve.client.controlOctets(noise);
    }
    String bomb = "v=0\r\n" + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n".repeat(3_000);
    hall.order(new SfuCommand.Describe("room", "eve", 99, SdpType.OFFER, bomb, List.of()));
    hall.talk(50);
    assertTrue(hall.guests.get("ann").streams(45) >= 4, sizes(hall.guests.get("ann")));
    assertTrue(hall.guests.get("ann").keyFrames < 10);
    assertEquals(PeerState.CONNECTED, hall.guests.get("bob").state);
    assertFalse(hall.tally.counts().containsKey(Counter.ENGINE_FAILURES));
  }

  void three() {
    hall.join("ann");
    hall.join("bob");
    hall.join("kim");
  }

  String video(String participant) {
    return hall.told.stream()
        .filter(SfuEvent.TrackUp.class::isInstance)
        .map(event -> ((SfuEvent.TrackUp) event).track())
        .filter(track -> track.participant().equals(participant))
        .filter(track -> track.codec().equals("VP8"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  static String sizes(Hall.Guest guest) {
    return guest.got.values().stream().map(each -> each.size()).toList().toString();
  }
}
