package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.lab.PeerSdp;
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
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final PeerScenario scenario = new PeerScenario();
  private Sender sender;
  private int type;
  private long sequence;
  private final PacketChange change = new PacketChange();

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

    // The compiler saves some of what the cipher allocates, sooner or later: the same is compared
    // until both have come to rest.
    long more = Long.MAX_VALUE;
    for (int phase = 0; phase < 12 && more >= 16; phase++) {
      byte[][] packets = new byte[PACKETS][];
      for (int i = 0; i < packets.length; i++) {
        int number = phase * PACKETS + i;
        packets[i] = scenario.client.protect(Media.video(Media.CAMERA, number & 0xffff));
      }
      more = (allocated(() -> forward(packets)) - cipher()) / PACKETS;
    }
    assertTrue(sequence >= PACKETS);
    assertTrue(more < 16, more + " octets a packet beyond the cipher's");
  }

  private void forward(byte[][] packets) {
    long now = scenario.network.now();
    for (byte[] packet : packets) {
      scenario.peer.receive(packet, 0, packet.length, scenario.client.path(), now);
      scenario.peer.deadline();
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
