package dev.parley.bench;

import dev.parley.lab.PeerSdp;
import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.rtcp.NtpTime;
import dev.parley.protocol.rtcp.RtcpReader;
import dev.parley.protocol.rtcp.RtcpVisitor;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.sdp.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// One participant of a crowd: what it publishes, what it receives, its transport. Confined to the
/// media thread, but for what it offers.
final class RoomsMember implements RoomsPeer.Media {
  private static final String[] RIDS = {"q", "h", "f"};
  private static final long REPORT = 1_000_000_000L;

  final int number;
  final int room;
  final int place;
  final RoomsRow row;
  final IceCredentials own;
  final long joinedAt = System.nanoTime();
  private final RoomsFilm film;
  private final RoomsFigures figures;
  private final RoomsPeer peer;
  private final PeerSdp sdp = new PeerSdp();
  private final RoomsOutgoing.Numbers numbers = new RoomsOutgoing.Numbers();
  private final RtcpWriter writer = new RtcpWriter();
  private final byte[] compound = new byte[1_400];
  private final List<RoomsOutgoing> outgoing = new ArrayList<>();
  private RoomsReceiver receiver;
  private RoomsVoice voice;
  private RoomsCamera camera;
  private long nextReport;
  private long wallOffset;

  /// Round trips of sender reports, in nanoseconds: the last, 0 for none.
  long roundTrip;

  /// @param film what cameras show, or null
  RoomsMember(
      RoomsPeer.Kit kit,
      RoomsRow row,
      int number,
      int room,
      int place,
      RoomsFilm film,
      RoomsFigures figures) {
    this.film = film;
    this.row = row;
    this.number = number;
    this.room = room;
    this.place = place;
    this.figures = figures;
    this.own = IceCredentials.generate(new Random(kit.random().nextLong()));
    this.peer = new RoomsPeer(kit, number, own, this);
    if (row.speaks(place)) {
      sdp.add("audio", Direction.SENDONLY).ssrc = ssrc(0);
    }
    if (row.shows(place)) {
      PeerSdp.Place section = sdp.add("video", Direction.SENDONLY);
      if (row.layers() > 1) {
        section.rids = List.of(RIDS).subList(0, row.layers());
      } else {
        section.ssrc = ssrc(1);
        section.repair = ssrc(1) + 1;
      }
    }
    if (sdp.places().isEmpty()) {
      sdp.add("audio", Direction.RECVONLY);
    }
  }

  private int ssrc(int of) {
    return 0x1000_0000 | number << 8 | 2 * of;
  }

  boolean publishes() {
    return row.speaks(place) || row.shows(place);
  }

  /// What it says it has on when it joins, for pages that show it.
  String says() {
    return ",\"audio\":%b,\"video\":%b".formatted(row.speaks(place), row.shows(place));
  }

  /// Its tracks.
  int tracks() {
    return (row.speaks(place) ? 1 : 0) + (row.shows(place) ? 1 : 0);
  }

  /// Its one offer; asked by the signaling thread.
  String offer(String fingerprint) {
    return sdp.text(
        "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\na=fingerprint:%s\r\na=setup:actpass\r\n"
            .formatted(own.ufrag(), own.pwd(), fingerprint));
  }

  /// What its sections are, as the JSON door wants it.
  String sources() {
    List<String> sources = new ArrayList<>();
    for (PeerSdp.Place section : sdp.places()) {
      if (section.direction.sends()) {
        String source = section.media.equals("video") ? "camera" : "microphone";
        sources.add("\"%s\":{\"source\":\"%s\"}".formatted(section.mid, source));
      }
    }
    return ",\"tracks\":{" + String.join(",", sources) + "}";
  }

  RoomsPeer peer() {
    return peer;
  }

  /// Null until it is connected.
  RoomsReceiver receiver() {
    return receiver;
  }

  RoomsCamera camera() {
    return camera;
  }

  private void connected(long now) {
    receiver = new RoomsReceiver(peer, figures, ssrc(40), "u" + number, now);
    nextReport = now + REPORT;
    int section = 0;
    if (row.speaks(place)) {
      outgoing.add(new RoomsOutgoing(peer, numbers, "" + section++, "", ssrc(0), false));
      voice = new RoomsVoice(outgoing.getFirst(), row, number, place, now);
    }
    if (row.shows(place)) {
      RoomsOutgoing[] encodings = new RoomsOutgoing[row.layers()];
      for (int i = 0; i < encodings.length; i++) {
        String rid = encodings.length > 1 ? RIDS[i] : "";
        encodings[i] = new RoomsOutgoing(peer, numbers, "" + section, rid, ssrc(1 + i), true);
        outgoing.add(encodings[i]);
      }
      List<List<RoomsFilm.Frame>> takes = film == null ? List.of() : film.actor(place);
      camera = new RoomsCamera(encodings, row, number, takes, now);
    }
  }

  /// Takes the server's offer: what it sends from now on.
  ///
  /// @param quiet those that are new of which nothing need come
  void expect(
      List<RoomsSdp.Incoming> tracks,
      Function<RoomsSdp.Incoming, AtomicInteger> publishers,
      Collection<String> quiet) {
    notWanted.addAll(quiet);
    waiting = tracks;
    publisher = publishers;
    hand();
  }

  /// What the server wants of the camera.
  ///
  /// @param rids between quotes and commas
  void wanted(String mid, boolean any, String rids) {
    int section = row.speaks(place) ? 1 : 0;
    if (camera != null && mid.equals("" + section)) {
      for (int i = 0; i < row.layers(); i++) {
        camera.wanted(i, any && (row.layers() == 1 || rids.contains('"' + RIDS[i] + '"')));
      }
    }
  }

  /// The server holds a track back for want of bandwidth, or goes on.
  void paused(String track, boolean is) {
    if (receiver != null) {
      receiver.quiet(track, is);
    }
  }

  private List<RoomsSdp.Incoming> waiting;
  private Function<RoomsSdp.Incoming, AtomicInteger> publisher;

  private final List<String> notWanted = new ArrayList<>();

  private void hand() {
    if (receiver != null && waiting != null) {
      int sample = place == 0 ? 1 : row.sample();
      receiver.expect(
          waiting,
          track -> new RoomsStream(track, publisher.apply(track), sample, film != null, figures));
      notWanted.forEach(track -> receiver.quiet(track, true));
      notWanted.clear();
      waiting = null;
    }
  }

  /// Does what is due of its own media; says how late it was, or -1.
  long publish(long now, long offset) {
    wallOffset = offset;
    long late = -1;
    if (voice != null) {
      late = voice.tick(now, offset);
    }
    if (camera != null) {
      late = Math.max(late, camera.tick(now, offset));
    }
    return late;
  }

  /// Does the rest of what is due.
  void tick(long now) {
    peer.tick(now);
    if (!peer.connected()) {
      return;
    }
    if (receiver == null) {
      connected(now);
      hand();
    }
    receiver.tick(now);
    if (nextReport - now <= 0 && !outgoing.isEmpty()) {
      nextReport = now + REPORT;
      writer.begin(compound, 0, 1_100);
      outgoing.forEach(one -> one.report(writer, now, System.nanoTime() + wallOffset));
      if (writer.length() > 0) {
        writer.cname(outgoing.getFirst().ssrc(), ("u" + number).getBytes(StandardCharsets.UTF_8));
        peer.control(compound, writer.length());
      }
    }
  }

  @Override
  public void rtp(byte[] octets, int length, long arrived) {
    if (receiver != null) {
      receiver.rtp(octets, length, arrived);
    }
  }

  @Override
  public void rtcp(byte[] octets, int length, long arrived) {
    if (receiver == null) {
      return;
    }
    receiver.rtcp(octets, length, System.nanoTime());
    RtcpReader.read(octets, 0, length, new Asked(arrived));
  }

  /// What the server asks of a publisher.
  private final class Asked implements RtcpVisitor {
    private final long arrived;

    private Asked(long arrived) {
      this.arrived = arrived;
    }

    @Override
    public void pli(int sender, int media) {
      if (camera != null) {
        figures.keysAsked++;
        camera.keyFrame(media);
      }
    }

    @Override
    public void fir(int sender, int media, int sequence) {
      pli(sender, media);
    }

    @Override
    public void lost(int sender, int media, int sequence) {
      for (RoomsOutgoing one : outgoing) {
        if (one.ssrc() == media) {
          one.again(sequence);
        }
      }
    }

    @Override
    public void reportBlock(
        int sender,
        int ssrc,
        int fraction,
        int lost,
        int highest,
        int jitter,
        int last,
        int since) {
      long trip = NtpTime.roundTrip(NtpTime.middle(NtpTime.of(arrived)), last, since);
      if (trip != NtpTime.UNKNOWN) {
        roundTrip = trip;
      }
    }
  }
}
