package dev.parley.engine.peer;

import dev.parley.engine.Deadline;
import dev.parley.media.Encryption;
import dev.parley.media.PeerPolicy;
import dev.parley.media.SdpType;
import dev.parley.media.SfuRefusal;
import dev.parley.media.SourceView;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.ice.IceCandidate;
import dev.parley.protocol.sdp.Agreement;
import dev.parley.protocol.sdp.Answer;
import dev.parley.protocol.sdp.Direction;
import dev.parley.protocol.sdp.Fingerprint;
import dev.parley.protocol.sdp.Flag;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.LocalTransport;
import dev.parley.protocol.sdp.MediaSection;
import dev.parley.protocol.sdp.Negotiation;
import dev.parley.protocol.sdp.NegotiationRefused;
import dev.parley.protocol.sdp.Offer;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.protocol.sdp.SdpLimits;
import dev.parley.protocol.sdp.SdpRefused;
import dev.parley.protocol.sdp.Section;
import dev.parley.protocol.sdp.SectionTexts;
import dev.parley.protocol.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Offers and answers of one peer, from text to agreement and back (RFC 3264), within what its
/// policy allows. Confined to the peer's loop.
final class PeerNegotiation {
  /// Who carries out what was agreed on.
  interface Hearer {
    /// @param mixed whether both forms of header extensions may be used (RFC 8285, section 6)
    void agreed(Agreement agreement, boolean mixed);
  }

  private final PeerIce ice;
  private final PeerSide side;
  private final Hearer hearer;
  private final Negotiation negotiation;
  private final SectionTexts answers = new SectionTexts();
  private PeerPolicy policy;
  private List<Outgoing> wanted = List.of();
  private List<Object> needed = List.of();
  private boolean asked;
  private final OfferPace pace = new OfferPace();

  PeerNegotiation(
      PeerKit kit,
      DtlsIdentity identity,
      PeerIce ice,
      PeerPolicy policy,
      PeerSide side,
      Hearer hearer) {
    this.ice = ice;
    this.side = side;
    this.hearer = hearer;
    this.policy = policy;
    LocalTransport local =
        new LocalTransport(
            Long.toString(kit.random().nextLong() >>> 1),
            true,
            fingerprint(identity),
            kit.candidates().get().stream().map(IceCandidate::value).toList());
    this.negotiation = new Negotiation(kit.capabilities(), local, ice::fresh);
    negotiation.offerData(policy.data());
  }

  private static Fingerprint fingerprint(DtlsIdentity identity) {
    var digest = identity.fingerprint();
    return Fingerprint.of(digest.hash().token(), digest.octets());
  }

  void policy(PeerPolicy other) {
    policy = other;
    negotiation.offerData(other.data());
  }

  void want(List<Outgoing> tracks) {
    wanted = List.copyOf(tracks);
    negotiation.want(wanted);
  }

  List<Outgoing> wanted() {
    return wanted;
  }

  /// The mid of the section that carries the transport; `0` before there is one.
  String tagged() {
    return negotiation.sections().stream()
        .filter(Section::open)
        .map(Section::mid)
        .findFirst()
        .orElse("0");
  }

  /// When it wants to be asked to [#offer] again, or [dev.parley.engine.Engine#NEVER].
  long deadline() {
    return pace.deadline();
  }

  void tick(long now) {
    if (Deadline.due(pace.deadline(), now)) {
      if (pace.rests(now)) {
        answers.clear();
        negotiation.forget();
      }
      offer(now);
    }
  }

  void restartIce() {
    negotiation.restartIce();
  }

  /// Takes the client's offer and tells the answer.
  ///
  /// @param declared what the client says that a section is, by its mid; null where it says nothing
  void answer(long number, String sdp, Function<String, SourceView> declared) throws Refused {
    asked = false;
    SessionDescription offer = parse(sdp, new SectionTexts());
    check(offer, declared);
    checkEncryption(offer, declared);
    hold(offer);
    Answer answer;
    try {
      answer = negotiation.answer(number, offer);
    } catch (NegotiationRefused refused) {
      throw Refused.of(refused);
    }
    ice.dropped();
    boolean mixed = offer.has(Flag.EXTMAP_ALLOW_MIXED);
    side.described(number, SdpType.ANSWER, answer.text());
    hearer.agreed(answer.agreement(), mixed);
  }

  /// Takes the client's answer.
  void accept(long number, String sdp) throws Refused {
    SessionDescription answer = parse(sdp, answers);
    Agreement agreement;
    try {
      agreement = negotiation.accept(number, answer);
    } catch (NegotiationRefused refused) {
      throw Refused.of(refused);
    }
    hearer.agreed(agreement, answer.has(Flag.EXTMAP_ALLOW_MIXED));
  }

  /// Asks what is to be held for sections of an offer, where nothing can be offered later.
  private void hold(SessionDescription offer) {
    if (!policy.holds() || !policy.subscribe()) {
      return;
    }
    Set<String> held = new HashSet<>();
    for (Section section : negotiation.sections()) {
      if (section.open() && section.outgoing() != null) {
        held.add(section.mid());
      }
    }
    Map<Kind, Integer> spare = new EnumMap<>(Kind.class);
    List<Kind> more = new ArrayList<>();
    for (MediaSection section : offer.sections()) {
      Kind kind = section.kind();
      boolean waits = !section.stopped() && offer.direction(section) == Direction.RECVONLY;
      if (kind.rtp() && waits && !held.contains(section.mid())) {
        int left = spare.computeIfAbsent(kind, negotiation::unplaced);
        spare.put(kind, left - 1);
        if (left <= 0) {
          more.add(kind);
        }
      }
    }
    if (!more.isEmpty()) {
      want(side.hold(more));
    }
  }

  /// Offers what is to be offered, unless an offer is out, or it is too soon for another; nothing
  /// to a client that would not answer.
  void offer(long now) {
    if (policy.offers() && negotiation.offerNeeded()) {
      if (!pace.permits(now) && !negotiation.restarts()) {
        return;
      }
      Offer offer = negotiation.offer();
      pace.offered(negotiation.described(), now);
      ice.offered(offer.local());
      side.described(offer.number(), SdpType.OFFER, offer.text());
    } else if (policy.asks() && !asked && negotiation.offerNeeded()) {
      ask();
    }
  }

  /// Asks once for each thing that is needed: a client that could not do it is not asked again.
  private void ask() {
    int audio = negotiation.missing(Kind.AUDIO);
    int video = negotiation.missing(Kind.VIDEO);
    List<Object> needs = List.of(audio, video, wanted);
    if (!needs.equals(needed)) {
      asked = true;
      needed = needs;
      side.needed(audio, video);
    }
  }

  private static SessionDescription parse(String sdp, SectionTexts known) throws Refused {
    try {
      return SessionDescription.parse(sdp, SdpLimits.STANDARD, known);
    } catch (SdpRefused refused) {
      throw Refused.of(refused);
    }
  }

  /// Whether the client may publish what it offers; what it publishes already does not count.
  private void check(SessionDescription offer, Function<String, SourceView> declared)
      throws Refused {
    Set<String> standing = new HashSet<>();
    for (Section section : negotiation.sections()) {
      if (section.receiving()) {
        standing.add(section.mid());
      }
    }
    int sent = 0;
    int added = 0;
    for (MediaSection section : offer.sections()) {
      if (published(offer, section)) {
        sent++;
        if (!standing.contains(section.mid())) {
          added++;
          checkSource(section, declared.apply(section.mid()));
        }
      }
    }
    if (added > 0 && !policy.publish()) {
      throw new Refused(SfuRefusal.PUBLISH_NOT_ALLOWED, "The participant may not publish.");
    }
    if (added > 0 && sent > policy.limits().tracks()) {
      throw new Refused(
          SfuRefusal.TOO_MANY_TRACKS,
          "A participant may publish " + policy.limits().tracks() + " tracks at a time.");
    }
  }

  private void checkSource(MediaSection section, SourceView view) throws Refused {
    if (!policy.permits(Publications.source(view, section.media().equals("audio")))) {
      throw new Refused(
          SfuRefusal.PUBLISH_NOT_ALLOWED, "The participant may not publish this source.");
    }
  }

  /// Whether all that is published is encrypted, or is not, as the room has it. No SDP in use says
  /// so itself: SFrame has no signalling in browsers yet, and a transform leaves no trace in it.
  private void checkEncryption(SessionDescription offer, Function<String, SourceView> declared)
      throws Refused {
    for (MediaSection section : offer.sections()) {
      if (!published(offer, section)) {
        continue;
      }
      SourceView view = declared.apply(section.mid());
      if (!policy.encryption().permits(view != null && view.encrypted())) {
        throw policy.encryption() == Encryption.REQUIRED
            ? new Refused(
                SfuRefusal.ENCRYPTION_REQUIRED,
                "The room takes only tracks that are declared as encrypted from end to end.")
            : new Refused(
                SfuRefusal.ENCRYPTION_NOT_ALLOWED,
                "The room takes no tracks that are encrypted from end to end.");
      }
    }
  }

  private static boolean published(SessionDescription offer, MediaSection section) {
    boolean media = section.media().equals("audio") || section.media().equals("video");
    return media && !section.stopped() && offer.direction(section).sends();
  }
}
