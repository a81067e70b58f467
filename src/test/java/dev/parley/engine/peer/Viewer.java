package dev.parley.engine.peer;

import dev.parley.engine.peer.PeerScenario.Asked;
import dev.parley.lab.PeerSdp;
import dev.parley.media.SdpType;
import dev.parley.protocol.rtcp.TransportFeedbackWriter;
import dev.parley.protocol.rtp.HeaderExtensions;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Direction;
import dev.parley.wire.Octets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.ObjIntConsumer;

/// A client that receives two pictures and a voice, and tells when what has arrived as browsers do;
/// and the router that sends them, in one.
final class Viewer {
  private static final PacketChange UNCHANGED = new PacketChange();
  static final int VIDEO = 0x5000_0001;
  static final int SCREEN = 0x5000_0003;
  static final int AUDIO = 0x6000_0001;
  private static final int PART = 1100;
  private static final long MILLISECOND = 1_000_000;

  /// One packet that came.
  record Arrival(int ssrc, int number, int length, long at) {}

  final PeerScenario scenario;
  final List<Arrival> arrivals = new ArrayList<>();
  final Asked asked = new Asked();
  final Asked askedOfScreen = new Asked();

  /// What the path is thought to carry, after each feedback.
  final List<Long> estimates = new ArrayList<>();

  /// Longest time from sending to arrival of each, in milliseconds.
  long slowestVoice;

  /// Sees each packet of video by SSRC and number before it is sent.
  ObjIntConsumer<Integer> onPacket = (_, _) -> {};

  /// Whether anything is told of arrivals.
  boolean tells = true;

  /// Transport-wide numbers of packets that are lost.
  IntPredicate losing = _ -> false;

  /// Every how manieth packet of video is taken for lost, or 0.
  int loses;

  private final Map<Integer, Long> voices = new HashMap<>();
  private final TransportFeedbackWriter feedback = new TransportFeedbackWriter(8192);
  private final Sender video;
  private final Sender screen;
  private final Sender audio;
  private final int videoType;
  private final int audioType;
  private long sequence;
  private long screens;
  private long voice;
  private long lastFrame;

  Viewer(PeerScenario scenario) {
    this(scenario, "no such line");
  }

  /// @param without lines that are left out of the client's answer
  Viewer(PeerScenario scenario, String without) {
    this.scenario = scenario;
    scenario.client.sdp().add("video", Direction.SENDONLY).ssrc = Media.CAMERA;
    scenario.client.sdp().add("audio", Direction.SENDONLY).ssrc = Media.MICROPHONE;
    scenario.offer().connect();
    scenario.peer.want(
        List.of(
            PeerScenario.video("v", VIDEO),
            PeerScenario.audio("a", AUDIO),
            PeerScenario.video("s", SCREEN)),
        scenario.network.now());
    String answer = scenario.client.answer(scenario.offers.getLast()).replaceAll(without, "");
    scenario.peer.describe(
        scenario.offers.size(), SdpType.ANSWER, answer, List.of(), scenario.network.now());
    video = sender("v", "0");
    audio = sender("a", "1");
    screen = sender("s", "0");
    screen.side(askedOfScreen);
    videoType = video.payloadType(codec("0", PeerSdp.VP8));
    audioType = audio.payloadType(codec("1", PeerSdp.OPUS));
    scenario.client.listener(this::came);
    useful(0);
  }

  /// Has the server look for so much, bit/s.
  Viewer useful(long rate) {
    scenario.peer.useful(rate, now());
    return this;
  }

  private Sender sender(String id, String from) {
    Sender sender = scenario.senders.get(id);
    sender.side(asked);
    sender.from(scenario.publications.get(from));
    return sender;
  }

  private Codec codec(String mid, int type) {
    return scenario.publications.get(mid).section().codec(type);
  }

  long now() {
    return scenario.network.now();
  }

  long estimate() {
    return scenario.peer.readings().estimate();
  }

  private void came(byte[] packet) {
    int header = RtpPacket.headerLength(packet, 0, packet.length);
    int value = HeaderExtensions.find(packet, 0, header, PeerSdp.TWCC_ID);
    int number = value == HeaderExtensions.NONE ? -1 : Octets.u16(packet, value);
    int ssrc = RtpPacket.ssrc(packet, 0);
    arrivals.add(new Arrival(ssrc, number, packet.length, now()));
    boolean lost = losing.test(number) || loses > 0 && ssrc == VIDEO && number % loses == 0;
    if (number >= 0 && !lost) {
      feedback.arrivals().arrived(number, now());
    }
    if (ssrc == AUDIO) {
      long took = now() - voices.get(RtpPacket.sequence(packet, 0));
      slowestVoice = Math.max(slowestVoice, took / MILLISECOND);
    }
  }

  /// Sends a frame in parts of a size.
  void frame(int octets) {
    frame(video, octets);
  }

  /// Sends a frame of the other picture.
  void screen(int octets) {
    frame(screen, octets);
  }

  private void frame(Sender sender, int octets) {
    int timestamp = (int) (now() / 11_111);
    for (int left = octets; left > 0; left -= PART) {
      byte[] packet =
          Media.packet(PeerSdp.VP8, Media.CAMERA, 1, null, null, new byte[Math.min(left, PART)]);
      int header = RtpPacket.headerLength(packet, 0, packet.length);
      int payload = packet.length - header;
      long number = sender == video ? sequence++ : screens++;
      onPacket.accept(sender == video ? VIDEO : SCREEN, (int) number & 0xffff);
      sender.send(packet, 0, header, payload, 0, videoType, number, timestamp, UNCHANGED, now());
    }
  }

  void voice() {
    byte[] packet = Media.packet(PeerSdp.OPUS, Media.MICROPHONE, 1, null, null, new byte[80]);
    int header = RtpPacket.headerLength(packet, 0, packet.length);
    int payload = packet.length - header;
    voices.put((int) voice & 0xffff, now());
    audio.send(
        packet, 0, header, payload, 0, audioType, voice++, (int) voice * 960, UNCHANGED, now());
  }

  /// Sends a packet of before once more.
  void repair(long number) {
    byte[] packet = Media.packet(PeerSdp.VP8, Media.CAMERA, 1, null, null, new byte[PART]);
    int header = RtpPacket.headerLength(packet, 0, packet.length);
    video.repair(packet, 0, header, PART, videoType, number, 1, UNCHANGED, now());
  }

  /// Says what has arrived since it said so last.
  void tell() {
    while (feedback.arrivals().pending()) {
      scenario.client.control(writer -> feedback.write(writer, 1, 0));
    }
  }

  /// Lets a call go on: thirty frames and fifty packets of voice a second.
  ///
  /// @param rate of the video, bit/s
  Viewer run(int milliseconds, long rate) {
    return run(milliseconds, rate, 0);
  }

  /// The same with another picture.
  ///
  /// @param rate of the first
  /// @param other rate of the other, 0 for none
  Viewer run(int milliseconds, long rate, long other) {
    long end = now() + milliseconds * MILLISECOND;
    for (int step = 0; now() - end < 0; step++) {
      if (now() - lastFrame >= 33 * MILLISECOND) {
        frame((int) (rate / 8 / 30));
        screen((int) (other / 8 / 30));
        lastFrame = now();
      }
      if (step % 4 == 0) {
        voice();
      }
      if (tells && step % 10 == 0) {
        tell();
        estimates.add(estimate());
      }
      scenario.pass(5);
    }
    return this;
  }

  /// The same at the rate that the path is thought to carry, as a router would.
  Viewer follow(int milliseconds, long most) {
    for (int spent = 0; spent < milliseconds; spent += 100) {
      run(100, Math.min(most, Math.max(30_000, estimate() * 85 / 100 - 40_000)));
    }
    return this;
  }

  /// Packets of an SSRC that came.
  List<Arrival> of(int ssrc) {
    return arrivals.stream().filter(one -> one.ssrc() == ssrc).toList();
  }

  /// Packets of an SSRC that came since a time.
  List<Arrival> of(int ssrc, long since) {
    return of(ssrc).stream().filter(one -> one.at() - since >= 0).toList();
  }
}
