package dev.parley.engine.peer;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.media.Counter;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Section;
import dev.parley.protocol.srtp.SrtpProfile;
import dev.parley.protocol.srtp.SrtpReceiver;
import dev.parley.protocol.srtp.StreamTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The RTP that a client sends, told apart by SSRC, from cipher text to sinks. Confined to the
/// peer's loop.
final class IncomingStreams {
  /// Counts an authentic packet.
  @FunctionalInterface
  interface Meter {
    /// False where the client was closed for sending too much.
    boolean within(int length, long now);
  }

  private final PeerKit kit;
  private final PeerSide side;
  private final Allowance allowance;
  private final Meter meter;
  private final ArrivalFeedback arrivals;
  private final Binding binding = new Binding();
  private final StreamTable<IncomingStream> table = new StreamTable<>();
  private final List<IncomingStream> streams = new ArrayList<>();
  private SrtpReceiver receiver;
  private long deadline = Engine.NEVER;
  private int newest;

  IncomingStreams(
      PeerKit kit, PeerSide side, Allowance allowance, Meter meter, ArrivalFeedback arrivals) {
    this.kit = kit;
    this.side = side;
    this.allowance = allowance;
    this.meter = meter;
    this.arrivals = arrivals;
  }

  void keyed(SrtpReceiver with) {
    receiver = with;
  }

  void agreed(List<Section> sections, Map<String, Published> published) {
    binding.agreed(sections, published);
    streams.forEach(IncomingStream::changed);
  }

  /// All that is known, in the order it was heard.
  List<IncomingStream> all() {
    return streams;
  }

  /// The stream of an SSRC, or null.
  IncomingStream find(int ssrc) {
    return table.find(ssrc);
  }

  /// An SSRC of the client's for feedback that is about all.
  int newest() {
    return newest;
  }

  /// Ends the streams of a publication.
  void end(Published published) {
    for (IncomingStream stream : List.copyOf(streams)) {
      if (stream.published() == published) {
        forget(stream);
        stream.end();
      }
    }
  }

  private void forget(IncomingStream stream) {
    table.remove(stream.ssrc());
    streams.remove(stream);
  }

  /// One SRTP packet; hot.
  void receive(byte[] octets, int at, int length, long now) {
    int header = RtpPacket.headerLength(octets, at, length);
    if (header < 0) {
      kit.tally().count(Counter.INPUT_MALFORMED);
      return;
    }
    if (receiver == null) {
      kit.tally().count(Counter.SRTP_REFUSED);
      return;
    }
    IncomingStream stream = table.find(RtpPacket.ssrc(octets, at));
    if (stream == null || stream.sink() == null || stream.left()) {
      aside(stream, octets, at, length, header, now);
    } else {
      straight(stream, octets, at, length, header, now);
    }
  }

  /// Media that is known: decrypted into the sink's own memory.
  private void straight(
      IncomingStream stream, byte[] octets, int at, int length, int header, long now) {
    RtpSink sink = stream.sink();
    byte[] into = sink.octets();
    int to = sink.at();
    if (tooLong(length, sink.room())) {
      kit.tally().count(Counter.INPUT_MALFORMED);
      return;
    }
    int plain = receiver.unprotect(octets, at, length, header, into, to);
    if (plain < 0) {
      kit.tally().count(Counter.SRTP_REFUSED);
      return;
    }
    arrivals.arrived(into, to, header, now);
    if (meter.within(length, now)) {
      take(stream, into, to, plain, now);
    }
  }

  private boolean tooLong(int length, int room) {
    SrtpProfile profile = receiver.profile();
    return length - profile.rtpOverhead() > room;
  }

  private void take(IncomingStream stream, byte[] octets, int at, int length, long now) {
    int payload = RtpPacket.payloadLength(octets, at, length);
    if (payload < 0 || !stream.published().media(RtpPacket.payloadType(octets, at))) {
      kit.tally().count(Counter.RTP_DROPPED);
      return;
    }
    stream.received(octets, at, length, payload, now);
    deadline = Deadline.earlier(deadline, stream.deadline());
  }

  /// Everything else: decrypted into a scratch buffer, then looked at.
  private void aside(
      IncomingStream known, byte[] octets, int at, int length, int header, long now) {
    byte[] plain = kit.scratch().plain;
    if (tooLong(length, plain.length)) {
      kit.tally().count(Counter.INPUT_MALFORMED);
      return;
    }
    int size = receiver.unprotect(octets, at, length, header, plain, 0);
    if (size < 0) {
      kit.tally().count(Counter.SRTP_REFUSED);
      return;
    }
    arrivals.arrived(plain, 0, header, now);
    if (!meter.within(length, now)) {
      return;
    }
    IncomingStream stream = known;
    if (RtpPacket.payloadLength(plain, 0, size) < 0) {
      stream = null;
    } else if (known == null || known.begunAgain(RtpPacket.sequence(plain, 0))) {
      stream = begin(known, plain, size);
    }
    if (stream == null || !give(stream, plain, size, now)) {
      kit.tally().count(Counter.RTP_DROPPED);
    }
  }

  private boolean give(IncomingStream stream, byte[] plain, int size, long now) {
    if (stream.primary() != null) {
      return stream.repaired(plain, size, now);
    }
    RtpSink sink = stream.sink();
    if (sink == null || stream.left() || size > sink.room()) {
      return false;
    }
    byte[] into = sink.octets();
    int to = sink.at();
    System.arraycopy(plain, 0, into, to, size);
    take(stream, into, to, size, now);
    return true;
  }

  /// The first packet of an SSRC; null while nobody can tell what it is.
  private IncomingStream begin(IncomingStream before, byte[] plain, int size) {
    Binding.Claim claim = binding.claim(plain, size);
    if (claim == null || !allowance.another(before == null ? streams.size() : streams.size() - 1)) {
      return null;
    }
    int ssrc = RtpPacket.ssrc(plain, 0);
    Published published = claim.published();
    Publication publication = published.publication();
    Codec codec = publication.section().codec(RtpPacket.payloadType(plain, 0));
    if (codec == null || codec.retransmission() != claim.repair()) {
      return null;
    }
    IncomingStream stream;
    if (claim.repair()) {
      IncomingStream primary = primary(claim);
      if (primary == null) {
        return null;
      }
      stream = IncomingStream.repair(ssrc, primary, codec);
    } else {
      RtpSink sink = side.stream(publication, claim.rid(), ssrc, codec);
      stream = IncomingStream.media(ssrc, published, claim.rid(), codec, sink);
    }
    if (before != null) {
      streams.remove(before);
    }
    table.put(ssrc, stream);
    streams.add(stream);
    newest = ssrc;
    return stream;
  }

  /// The stream that is repaired: the announced one, else the layer's, the one heard last.
  private IncomingStream primary(Binding.Claim claim) {
    if (claim.of() != Binding.UNKNOWN) {
      IncomingStream announced = table.find((int) claim.of());
      return announced != null && announced.sink() != null ? announced : null;
    }
    IncomingStream last = null;
    for (IncomingStream stream : streams) {
      if (stream.isMediaOf(claim.published(), claim.rid())) {
        last = stream;
      }
    }
    return last;
  }

  /// When [Reports] is to look for lost packets to ask for, no later than that.
  long deadline() {
    return deadline;
  }

  /// Looks again which stream is due first.
  void reschedule() {
    deadline = Engine.NEVER;
    for (IncomingStream stream : streams) {
      deadline = Deadline.earlier(deadline, stream.deadline());
    }
  }
}
