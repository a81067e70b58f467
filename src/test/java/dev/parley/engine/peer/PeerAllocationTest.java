package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.lab.PeerSdp;
import dev.parley.media.Counter;
import dev.parley.media.PeerState;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Direction;
import dev.parley.protocol.srtp.SrtpKeys;
import dev.parley.protocol.srtp.SrtpProfile;
import dev.parley.protocol.srtp.SrtpReceiver;
import dev.parley.protocol.srtp.SrtpSender;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a peer allocates for a packet on its way in and out again: what the cipher does, no more.
@Tag("alone")
class PeerAllocationTest {
  private static final int PACKETS = 8_000;
  private static final int FIRST = 400;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private PeerScenario scenario;
  private final PacketChange change = new PacketChange();
  private Sender sender;
  private int type;
  private long sequence;
  private long now;

  /// Forwards each packet where it stands.
  private final class Forwarding implements RtpSink {
    private final byte[] octets = new byte[2000];

    @Override
    public byte[] octets() {
      return octets;
    }

    @Override
    public int at() {
      return 0;
    }

    @Override
    public int room() {
      return 1500;
    }

    @Override
    public void received(int length, boolean repaired, long now) {
      int header = RtpPacket.headerLength(octets, 0, length);
      change.numbers(2, 3, PacketChange.NONE);
      sender.send(octets, 0, header, length - header, 0, type, sequence++, 1, change, now);
    }

    @Override
    public boolean missing(int number) {
      return false;
    }

    @Override
    public void senderReport(long ntp, int rtpTimestamp, long now) {}

    @Override
    public void lossGivenUp(long now) {}

    @Override
    public void roundTrip(long nanoseconds) {}

    @Override
    public void ended() {}
  }

  @Test
  void aForwardedPacketAllocatesNothingButWhatTheCipherDoes() {
    forwarded(1, 16);
    assertEquals(0, counted(Counter.SFU_PACED));
  }

  @Test
  void aPacketThatHasToWaitAllocatesNoMore() {
    // Time passes for those who wait, and with it a feedback every 75 ms is made.
    forwarded(40, 32);
    assertTrue(counted(Counter.SFU_PACED) > PACKETS / 10);
    assertEquals(0, counted(Counter.SFU_PACED_OUT));
  }

  private long counted(Counter counter) {
    return scenario.tally.counts().getOrDefault(counter, 0L);
  }

  /// A new peer, before the consent of the last one runs out.
  private void stand() {
    scenario = new PeerScenario();
    scenario.client.sdp().add("video", Direction.SENDONLY).ssrc = Media.CAMERA;
    scenario.offer().connect();
    scenario.peer.want(List.of(PeerScenario.video("v", 70)), scenario.network.now());
    scenario.answer();
    sender = scenario.senders.get("v");
    Publication publication = scenario.publications.get("0");
    sender.from(publication);
    Codec codec = publication.section().codec(PeerSdp.VP8);
    type = sender.payloadType(codec);
    scenario.sink = new Forwarding();
    scenario.quiet = true;
    scenario.peer.useful(0, scenario.network.now());
    now = scenario.network.now();
  }

  /// @param together packets that come at one time
  /// @param limit octets a packet
  private void forwarded(int together, int limit) {
    // The compiler saves some of what the cipher allocates, sooner or later: the same is compared
    // until both have come to rest.
    long more = Long.MAX_VALUE;
    for (int phase = 0; phase < 12 && more >= limit; phase++) {
      stand();
      // What stays for the life of a peer or a loop comes with the first ones.
      forward(packets(0, FIRST), together);
      byte[][] packets = packets(FIRST, PACKETS);
      more = (allocated(() -> forward(packets, together)) - cipher()) / PACKETS;
    }
    assertTrue(sequence >= PACKETS);
    assertNotEquals(PeerState.CLOSED, scenario.peer.state());
    assertTrue(more < limit, more + " octets a packet beyond the cipher's");
  }

  private byte[][] packets(int from, int number) {
    byte[][] packets = new byte[number][];
    for (int i = 0; i < number; i++) {
      packets[i] = scenario.client.protect(Media.video(Media.CAMERA, from + i));
    }
    return packets;
  }

  private void forward(byte[][] packets, int together) {
    for (int i = 0; i < packets.length; i++) {
      byte[] packet = packets[i];
      scenario.peer.receive(packet, 0, packet.length, scenario.client.path(), now);
      scenario.peer.deadline();
      if (together == 1) {
        now += 1_000_000;
      } else if ((i + 1) % together == 0) {
        wait(together);
      }
    }
  }

  /// A millisecond a packet; more than enough for the pace.
  private void wait(int packets) {
    for (int i = 0; i < packets; i++) {
      now += 1_000_000;
      if (scenario.peer.deadline() - now <= 0) {
        scenario.peer.tick(now);
      }
    }
  }

  /// What opening and sealing the same packets allocates.
  private static long cipher() {
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
    byte[] exported = new byte[profile.exporterLength()];
    SrtpSender far = SrtpKeys.of(profile, exported, SrtpKeys.Role.CLIENT).sender();
    SrtpKeys keys = SrtpKeys.of(profile, exported, SrtpKeys.Role.SERVER);
    SrtpReceiver receiver = keys.receiver(10);
    SrtpSender.Stream out = keys.sender().stream(Media.CAMERA);
    byte[] sealed = new byte[2000];
    byte[] plain = new byte[2000];
    long sum = 0;
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = Media.video(Media.CAMERA, i);
      int header = RtpPacket.headerLength(packet, 0, packet.length);
      int payload = packet.length - header;
      int length =
          far.stream(Media.CAMERA).protect(packet, 0, header, packet, header, payload, sealed, 0);
      long spent =
          allocated(
              () -> {
                receiver.unprotect(sealed, 0, length, header, plain, 0);
                out.protect(packet, 0, header, plain, header, payload, sealed, 0);
              });
      sum += spent;
    }
    return sum;
  }

  private static long allocated(Runnable work) {
    long thread = Thread.currentThread().threadId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    work.run();
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }
}
