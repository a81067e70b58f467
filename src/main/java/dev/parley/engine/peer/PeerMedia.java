package dev.parley.engine.peer;

import dev.parley.engine.Deadline;
import dev.parley.media.PeerPolicy;
import dev.parley.media.SourceView;
import dev.parley.protocol.rtp.RtpExtension;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.protocol.sdp.Section;
import dev.parley.protocol.srtp.SrtpReceiver;
import dev.parley.protocol.srtp.SrtpSender;
import java.util.List;

/// The RTP and RTCP of one peer in both directions, wired together: what is published, what is
/// sent, the reports on both, and how much the client may send. Confined to the peer's loop.
final class PeerMedia implements DataPacing.Media {
  private final Peer peer;
  private final IncomingStreams incoming;
  private final Publications publications;
  private final OutgoingStreams outgoing;
  private final ArrivalFeedback arrivals = new ArrivalFeedback();
  private final Reports reports;
  private final Allowance allowance;
  private List<SourceView> offered = List.of();
  private boolean released;

  PeerMedia(Peer peer, PeerKit kit, PeerIce ice, PeerPolicy policy, PeerSide side) {
    this.peer = peer;
    this.allowance = new Allowance(side, policy);
    this.incoming = new IncomingStreams(kit, side, allowance, this::within, arrivals);
    this.publications = new Publications(side, incoming, policy);
    this.outgoing = new OutgoingStreams(kit, side, new Departures(kit, peer, ice, side));
    this.reports = new Reports(kit, ice, incoming, outgoing, arrivals);
  }

  /// One packet of SRTP or SRTCP; hot.
  void receive(byte[] octets, int at, int length, long now) {
    if (RtpPacket.looksLikeRtcp(octets, at)) {
      control(octets, at, length, now);
    } else {
      incoming.receive(octets, at, length, now);
    }
  }

  private void control(byte[] octets, int at, int length, long now) {
    // Only what is authentic counts: anybody can forge the client's address.
    if (reports.receive(octets, at, length, now) && within(length, now)) {
      outgoing.settle(now);
    }
  }

  /// Counts a packet; hot. False where the client was closed for sending too much.
  private boolean within(int length, long now) {
    boolean good = allowance.within(length, now);
    if (!good) {
      peer.close("limit", now);
    }
    return good;
  }

  /// What the sections of an offer are that the next agreement may come from.
  void offered(List<SourceView> sources) {
    offered = sources;
  }

  /// What the client says a section is, by the last offer or before; null where it says nothing.
  SourceView declared(String mid) {
    return publications.declared(mid, offered);
  }

  /// Both ends agreed on these sections.
  ///
  /// @param mixed whether both forms of header extensions may be used
  /// @param wanted what may be sent at all
  void agreed(List<Section> sections, boolean mixed, List<Outgoing> wanted) {
    arrivals.id(Binding.id(sections, RtpExtension.TRANSPORT_WIDE_CC));
    reports.reduced(sections.stream().anyMatch(s -> s.open() && s.reduced()));
    publications.agreed(sections, offered);
    offered = List.of();
    if (!released) {
      outgoing.agreed(sections, mixed, wanted);
    }
  }

  /// The keys are there, or others than before: what arrives can be read, and reported on.
  void keyed(SrtpSender sender, SrtpReceiver receiver, long now) {
    incoming.keyed(receiver);
    reports.keyed(sender, receiver, now);
  }

  /// Streams may leave under these keys.
  void send(SrtpSender sender) {
    if (!released) {
      outgoing.keyed(sender);
    }
  }

  /// What is wanted no longer stops at once.
  void want(List<Outgoing> tracks) {
    outgoing.want(tracks);
  }

  void policy(PeerPolicy other) {
    allowance.policy(other);
    publications.policy(other);
  }

  /// Ends what is published in a section.
  void unpublish(String mid) {
    publications.end(mid);
  }

  void requestKeyFrame(int ssrc) {
    reports.requestKeyFrame(ssrc);
  }

  PeerReadings readings() {
    return new StreamReadings(incoming, outgoing.departures(), reports);
  }

  @Override
  public boolean flows(long now) {
    return outgoing.departures().flows(now);
  }

  @Override
  public long queueDelay() {
    return outgoing.departures().queueDelay();
  }

  @Override
  public long estimate() {
    return outgoing.departures().estimate();
  }

  void useful(long bitsPerSecond, long now) {
    outgoing.departures().useful(bitsPerSecond, now);
  }

  void tick(long now) {
    reports.tick(now);
    outgoing.tick(now);
  }

  long deadline() {
    return Deadline.earlier(reports.deadline(), outgoing.deadline());
  }

  /// Says that all streams end, while there are keys to say it with.
  void bye() {
    reports.bye();
  }

  /// The peer has closed.
  void release() {
    released = true;
    reports.release();
    outgoing.release();
    publications.release();
  }
}
