package dev.parley.engine.peer;

import dev.parley.protocol.sdp.Outgoing;
import dev.parley.protocol.sdp.Section;
import dev.parley.protocol.srtp.SrtpSender;
import dev.parley.protocol.srtp.StreamTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tracks that are sent to the client, as far as both ends agreed on them. Confined to the
/// peer's loop.
final class OutgoingStreams {
  private static final int FIRST_SEQUENCES = 1 << 15;

  /// Packets of padding in one turn: what the kernel takes at once.
  private static final int MOST_PADDING = 64;

  /// Feedback that congestion control goes by (draft-holmer-rmcat-transport-wide-cc-extensions-01,
  /// draft-alvestrand-rmcat-remb-03).
  private static final Set<String> CONTROLLING = Set.of("transport-cc", "goog-remb");

  private final PeerKit kit;
  private final PeerSide side;
  private final Departures departures;
  private final Map<String, OutgoingStream> byId = new LinkedHashMap<>();
  private final StreamTable<OutgoingStream> bySsrc = new StreamTable<>();
  private final StreamTable<Numbers> numbers = new StreamTable<>();
  private final StreamTable<RtxForm> repairs = new StreamTable<>();
  private SrtpSender sender;

  OutgoingStreams(PeerKit kit, PeerSide side, Departures departures) {
    this.kit = kit;
    this.side = side;
    this.departures = departures;
  }

  /// The stream of an SSRC, or null.
  OutgoingStream find(int ssrc) {
    return bySsrc.find(ssrc);
  }

  /// The stream whose packets, or their retransmissions, leave under this SSRC, or null; looks at
  /// all streams for the second.
  OutgoingStream carrying(int ssrc) {
    OutgoingStream stream = bySsrc.find(ssrc);
    if (stream != null) {
      return stream;
    }
    for (OutgoingStream other : byId.values()) {
      if ((int) other.outgoing().repair() == ssrc) {
        return other;
      }
    }
    return null;
  }

  List<OutgoingStream> all() {
    return List.copyOf(byId.values());
  }

  /// What is wanted no longer stops at once, whatever its section says.
  void want(List<Outgoing> tracks) {
    Map<String, Outgoing> wanted = byId(tracks);
    for (OutgoingStream stream : all()) {
      if (!stream.outgoing().equals(wanted.get(stream.id()))) {
        stop(stream);
      }
    }
  }

  private static Map<String, Outgoing> byId(List<Outgoing> tracks) {
    Map<String, Outgoing> map = HashMap.newHashMap(tracks.size());
    tracks.forEach(track -> map.put(track.id(), track));
    return map;
  }

  /// Both ends agreed on these sections.
  ///
  /// @param mixed whether both forms of header extensions may be used
  /// @param tracks what may be sent at all
  void agreed(List<Section> sections, boolean mixed, List<Outgoing> tracks) {
    Map<String, Outgoing> wanted = byId(tracks);
    Map<String, Section> agreed = new LinkedHashMap<>();
    for (Section section : sections) {
      Outgoing outgoing = section.sending() ? section.outgoing() : null;
      if (outgoing != null && outgoing.equals(wanted.get(outgoing.id()))) {
        agreed.put(outgoing.id(), section);
      }
    }
    for (OutgoingStream stream : all()) {
      Section section = agreed.get(stream.id());
      if (section == null || !section.outgoing().equals(stream.outgoing())) {
        stop(stream);
      }
    }
    List<OutgoingStream> changed = new ArrayList<>();
    for (Section section : agreed.values()) {
      OutgoingStream stream =
          byId.computeIfAbsent(section.outgoing().id(), _ -> added(section.outgoing()));
      if (stream.section(section, mixed)) {
        changed.add(stream);
      }
    }
    if (!agreed.isEmpty()) {
      departures.agreed(agreed.values().stream().anyMatch(OutgoingStreams::controlled));
    }
    changed.forEach(this::start);
  }

  /// Whether the client agreed to tell of what arrives or of what it can take.
  private static boolean controlled(Section section) {
    return section.codecs().stream()
        .flatMap(codec -> codec.feedback().stream())
        .anyMatch(CONTROLLING::contains);
  }

  private OutgoingStream added(Outgoing outgoing) {
    int ssrc = (int) outgoing.ssrc();
    if (numbers.find(ssrc) == null) {
      numbers.put(ssrc, new Numbers());
    }
    numbers.find(ssrc).again();
    int repair = (int) outgoing.repair();
    if (repairs.find(repair) == null) {
      repairs.put(repair, new RtxForm(kit.random().nextInt(FIRST_SEQUENCES)));
    }
    OutgoingStream stream =
        new OutgoingStream(
            departures, kit.scratch(), outgoing, numbers.find(ssrc), repairs.find(repair));
    bySsrc.put(stream.ssrc(), stream);
    return stream;
  }

  /// The keys are there, or others than before.
  void keyed(SrtpSender with) {
    sender = with;
    departures.keyed(with);
    all().forEach(this::start);
  }

  private void start(OutgoingStream stream) {
    if (sender != null && byId.get(stream.id()) == stream) {
      stream.keyed(sender);
      stream.told(true);
      side.sending(stream);
    }
  }

  private void stop(OutgoingStream stream) {
    byId.remove(stream.id());
    bySsrc.remove(stream.ssrc());
    if (stream.told()) {
      stream.told(false);
      side.stopped(stream);
    }
  }

  /// The way out of all of them.
  Departures departures() {
    return departures;
  }

  /// Does what feedback has made possible.
  void settle(long now) {
    departures.settle(now);
    goOn(now);
  }

  void tick(long now) {
    departures.tick(now);
    goOn(now);
  }

  private void goOn(long now) {
    if (departures.lost()) {
      all().forEach(each -> each.lost(now));
    }
    probe(now);
  }

  long deadline() {
    return departures.deadline();
  }

  /// Sends as much padding as the estimate asks for; none where no stream of retransmissions is
  /// there to carry it.
  private void probe(long now) {
    OutgoingStream carrier = carrier();
    departures.probes(carrier != null, now);
    int wanted = carrier == null ? 0 : departures.padding(now);
    for (int packets = 0; wanted > 0 && packets < MOST_PADDING; packets++) {
      wanted -= carrier.pad(now);
      wanted = wanted > 0 ? wanted : departures.padding(now);
    }
  }

  private OutgoingStream carrier() {
    for (OutgoingStream stream : byId.values()) {
      if (stream.pads()) {
        return stream;
      }
    }
    return null;
  }

  /// The peer has closed.
  void release() {
    sender = null;
    all().forEach(this::stop);
    departures.release();
  }
}
