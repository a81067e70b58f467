package dev.parley.bench;

import dev.parley.protocol.rtcp.RtcpReader;
import dev.parley.protocol.rtcp.RtcpVisitor;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.rtcp.TransportFeedbackWriter;
import dev.parley.protocol.rtp.ExtensionValues;
import dev.parley.protocol.rtp.HeaderExtensions;
import dev.parley.protocol.rtp.RtpPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// What one member receives, and what it says of that as a browser does: receiver reports each
/// second, NACKs and requests for key frames soon, transport-wide feedback every 100 ms where the
/// server numbers its packets. Confined to the media thread.
final class RoomsReceiver {
  private static final long ASK = 10_000_000L;
  private static final long FEEDBACK = 100_000_000L;
  private static final long REPORT = 1_000_000_000L;
  private static final int CAPACITY = 4096;
  private static final int MOST = 1_100;

  private final RoomsPeer peer;
  private final RoomsFigures figures;
  private final int own;
  private final byte[] cname;
  private final Map<Integer, RoomsStream> bySsrc = new HashMap<>();
  private final Map<Integer, RoomsStream> byRepair = new HashMap<>();
  private final List<RoomsStream> streams = new ArrayList<>();

  /// Those of which something came or is to be asked: of hundreds a few.
  private final List<RoomsStream> moving = new ArrayList<>();

  private final Set<String> quiet = new HashSet<>();
  private final byte[] plain = new byte[2048];
  private final byte[] compound = new byte[1_400];
  private final int[] scratch = new int[64];
  private final RtcpWriter writer = new RtcpWriter();
  private TransportFeedbackWriter feedback;
  private int transport;
  private long nextAsk;
  private long nextFeedback;
  private long nextReport;
  private int reported;

  /// Octets of RTP, with headers, since the last look.
  long octets;

  /// RTP packets likewise.
  long packets;

  /// Streams that were live at looks since then, and that should have been.
  long liveLooks;

  long wantedLooks;

  /// Of those that are there, which need not have been.
  long quietLooks;

  RoomsReceiver(RoomsPeer peer, RoomsFigures figures, int own, String cname, long now) {
    this.peer = peer;
    this.figures = figures;
    this.own = own;
    this.cname = cname.getBytes(StandardCharsets.UTF_8);
    this.nextReport = now + REPORT;
  }

  List<RoomsStream> streams() {
    return streams;
  }

  /// What the server sends from now on.
  ///
  /// @param make a stream that is new
  void expect(List<RoomsSdp.Incoming> all, Function<RoomsSdp.Incoming, RoomsStream> make) {
    streams.clear();
    byRepair.clear();
    Map<Integer, RoomsStream> before = new HashMap<>(bySsrc);
    bySsrc.clear();
    for (RoomsSdp.Incoming track : all) {
      RoomsStream stream = before.get(track.ssrc());
      stream = stream == null ? make.apply(track) : stream;
      streams.add(stream);
      bySsrc.put(track.ssrc(), stream);
      byRepair.put(track.repair(), stream);
      transport = Math.max(transport, track.transport());
    }
    moving.removeIf(stream -> bySsrc.get(stream.incoming().ssrc()) != stream);
  }

  /// Takes an RTP packet; hot.
  void rtp(byte[] packet, int length, long arrived) {
    octets += length;
    packets++;
    int ssrc = RtpPacket.ssrc(packet, 0);
    RoomsStream stream = bySsrc.get(ssrc);
    if (stream != null) {
      if (!stream.moving) {
        stream.moving = true;
        moving.add(stream);
      }
      stream.take(peer.receiver(), packet, length, plain, arrived);
    } else {
      stream = byRepair.get(ssrc);
      if (stream == null) {
        figures.strangers++;
        return;
      }
      stream.repair(peer.receiver(), packet, length, plain);
    }
    if (transport != 0) {
      arrival(packet, length, arrived);
    }
  }

  private void arrival(byte[] packet, int length, long arrived) {
    int header = RtpPacket.headerLength(packet, 0, length);
    int value =
        header < 0 ? HeaderExtensions.NONE : HeaderExtensions.find(packet, 0, header, transport);
    if (value != HeaderExtensions.NONE) {
      if (feedback == null) {
        feedback = new TransportFeedbackWriter(CAPACITY);
      }
      int octetsOfValue = HeaderExtensions.length(packet, 0, value);
      int sequence = ExtensionValues.transportSequence(packet, value, octetsOfValue);
      feedback.arrivals().arrived(sequence, arrived);
    }
  }

  /// Takes what the server says of its own streams.
  void rtcp(byte[] packet, int length, long now) {
    RtcpReader.read(
        packet,
        0,
        length,
        new RtcpVisitor() {
          @Override
          public void senderReport(int ssrc, long ntp, int time, int count, int sent) {
            RoomsStream stream = bySsrc.get(ssrc);
            if (stream != null) {
              stream.senderReport(ntp, now);
            }
          }
        });
  }

  /// Says what is due.
  void tick(long now) {
    if (nextAsk - now <= 0) {
      nextAsk = now + ASK;
      ask(now);
    }
    if (feedback != null && nextFeedback - now <= 0) {
      nextFeedback = now + FEEDBACK;
      while (feedback.arrivals().pending()
          && feedback.write(
              compound(), own, streams.isEmpty() ? 0 : streams.getFirst().incoming().ssrc())) {
        end();
        figures.feedbacks++;
      }
    }
    if (nextReport - now <= 0) {
      nextReport = now + REPORT;
      report(now);
    }
  }

  private void ask(long now) {
    RtcpWriter into = null;
    for (int i = moving.size() - 1; i >= 0; i--) {
      RoomsStream stream = moving.get(i);
      if (into == null || into.room() < 200) {
        flush(into);
        into = compound();
      }
      stream.ask(into, own, scratch, now);
      if (stream.content()) {
        stream.moving = false;
        moving.set(i, moving.getLast());
        moving.removeLast();
      }
    }
    flush(into);
  }

  private void flush(RtcpWriter into) {
    if (into != null && into.length() > 0) {
      end();
    }
  }

  // At most 31 in a report: those that were not in the last one come first.
  private void report(long now) {
    RtcpWriter into = compound();
    into.receiverReport(own);
    for (int i = 0; i < Math.min(streams.size(), RtcpWriter.MAX_COUNT); i++) {
      streams.get(reported++ % streams.size()).report(into, now);
    }
    into.cname(own, cname);
    end();
  }

  private RtcpWriter compound() {
    return writer.begin(compound, 0, MOST);
  }

  private void end() {
    peer.control(compound, writer.length());
  }

  /// Counts from here.
  void begin() {
    octets = packets = liveLooks = wantedLooks = quietLooks = 0;
    streams.forEach(stream -> stream.frames = 0);
  }

  /// Nothing of a track need come: it is hidden, or the server has said that it waits.
  void quiet(String track, boolean is) {
    if (is) {
      quiet.add(track);
    } else {
      quiet.remove(track);
    }
  }

  /// Streams of which nothing need come.
  int quiet() {
    int count = 0;
    for (RoomsStream stream : streams) {
      count += quiet.contains(stream.incoming().track()) ? 1 : 0;
    }
    return count;
  }

  boolean quiet(String track) {
    return quiet.contains(track);
  }

  /// What should have come and did not, from the last but one to the last look, in words; or null.
  String silence() {
    long video = silent(true);
    long audio = silent(false);
    return video + audio == 0
        ? null
        : "%d video %d audio of %d".formatted(video, audio, streams.size());
  }

  private long silent(boolean video) {
    return streams.stream()
        .filter(stream -> stream.silent && stream.incoming().video() == video)
        .count();
  }

  /// Looks at what came since the last look; streams of which nothing need come do not count.
  ///
  /// @param wanted streams that there should be
  /// @return those that brought a frame
  int live(int wanted) {
    int live = live();
    liveLooks += live;
    wantedLooks += wanted - quiet();
    quietLooks += quiet();
    return live;
  }

  private int live() {
    int live = 0;
    for (RoomsStream stream : streams) {
      boolean counts = quiet.isEmpty() || !quiet.contains(stream.incoming().track());
      live += counts && stream.frames > 0 ? 1 : 0;
      stream.silent = counts && stream.frames == 0;
      stream.frames = 0;
    }
    return live;
  }
}
