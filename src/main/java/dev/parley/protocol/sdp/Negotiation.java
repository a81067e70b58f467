package dev.parley.protocol.sdp;

import dev.parley.protocol.sdp.NegotiationRefused.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Offer and answer at the server's end of one PeerConnection (RFC 3264, RFC 9429), confined to the
/// loop of its peer.
///
/// Either end may offer. Where both do, the server gives way: its offer is dropped, the client's
/// answered, and [#offerNeeded()] says that another has to follow. A description that is refused
/// changes nothing.
public final class Negotiation {
  private final Capabilities capabilities;
  private final LocalTransport local;
  private final Supplier<IceParameters> credentials;
  private final Set<Outgoing> declined = new HashSet<>();
  private final Standing standing = new Standing();
  private List<Outgoing> wanted = List.of();
  private List<Section> sections = List.of();
  private List<String> bundle = List.of();
  private Numbering payloadTypes = new Numbering();
  private Numbering extensionIds = new Numbering();
  private IceParameters ice;
  private RemoteTransport remote;
  private Setup role;
  private boolean mixed = true;
  private boolean restart;
  private boolean data;
  private boolean dataDeclined;
  private DataTransport dataTransport;
  private long clientNumber = -1;
  private long number;
  private long version;
  private int mids;

  /// The server's offer that waits for its answer, or null.
  private Pending pending;

  private record Pending(
      long number, List<Section> sections, IceParameters ice, boolean restarts) {}

  /// @param credentials makes new ICE credentials: asked at once, and at every restart
  public Negotiation(
      Capabilities capabilities, LocalTransport local, Supplier<IceParameters> credentials) {
    this.capabilities = capabilities;
    this.local = local;
    this.credentials = credentials;
    this.ice = fresh();
  }

  /// A server that is lite has all its candidates in the description and takes the client's as they
  /// trickle in: both ends may read `trickle` so (RFC 8838, section 4).
  private IceParameters fresh() {
    IceParameters made = credentials.get();
    return new IceParameters(
        made.ufrag(), made.password(), List.of("ice2", "trickle"), local.lite());
  }

  /// Says which tracks the client is to receive from now on, in the order sections are filled; the
  /// next description has them.
  public void want(List<Outgoing> tracks) {
    wanted = List.copyOf(tracks);
    retainDeclined();
  }

  private void retainDeclined() {
    if (!declined.isEmpty()) {
      declined.retainAll(new HashSet<>(wanted));
    }
  }

  /// Forgets what only saves work where a description is much like the one before.
  public void forget() {
    standing.clear();
  }

  /// Says whether the server itself offers data channels where the client has not, and the client
  /// has not declined them.
  public void offerData(boolean offers) {
    data = offers && capabilities.data();
  }

  /// Asks for an offer that restarts ICE (RFC 9429, section 5.2.3.1).
  public void restartIce() {
    restart = true;
  }

  /// Whether the next offer restarts ICE.
  public boolean restarts() {
    return restart;
  }

  /// How many sections the next description has at least, the server's own pending ones included.
  public int described() {
    return pending == null ? sections.size() : pending.sections().size();
  }

  /// What both ends agreed on last, closed sections included.
  public List<Section> sections() {
    return sections;
  }

  /// The number of the offer that waits for its answer, or 0.
  public long pending() {
    return pending == null ? 0 : pending.number();
  }

  /// Whether the server has something to offer, and none of its offers is out.
  public boolean offerNeeded() {
    if (pending != null) {
      return false;
    }
    if (restart && sections.stream().anyMatch(Section::open)) {
      return true;
    }
    if (dataMissing()) {
      return true;
    }
    Placement placement = new Placement(wanted, declined);
    return !placement.keep(sections).equals(sections) || !placement.unplaced().isEmpty();
  }

  private boolean dataMissing() {
    return data && !dataDeclined && open(sections, Kind.APPLICATION) == null;
  }

  private static Section open(List<Section> sections, Kind kind) {
    for (Section section : sections) {
      if (section.open() && section.kind() == kind) {
        return section;
      }
    }
    return null;
  }

  /// How many wanted tracks of a kind have no section: what a client that alone may offer has to
  /// add.
  public int unplaced(Kind kind) {
    Placement placement = new Placement(wanted, declined);
    placement.keep(sections);
    return (int) placement.unplaced().stream().filter(track -> track.kind() == kind).count();
  }

  /// How many sections of a kind the client has to add for the tracks that have none, besides those
  /// that it only receives in and that are free.
  public int missing(Kind kind) {
    Placement placement = new Placement(wanted, declined);
    long free =
        placement.keep(sections).stream()
            .filter(Section::open)
            .filter(each -> each.kind() == kind && each.outgoing() == null)
            .filter(each -> each.client() == Direction.RECVONLY)
            .count();
    long unplaced = placement.unplaced().stream().filter(track -> track.kind() == kind).count();
    return (int) Math.max(0, unplaced - free);
  }

  /// Answers a client's offer; drops the server's own where one is out.
  ///
  /// @param offerNumber above that of every offer before, from 0
  /// @throws NegotiationRefused with the reason; nothing has changed
  public Answer answer(long offerNumber, SessionDescription offer) throws NegotiationRefused {
    NegotiationRefused.unless(offerNumber > clientNumber, Reason.STALE);
    Numbering types = new Numbering();
    Numbering ids = new Numbering();
    OfferReading reading = new OfferReading(capabilities, offer, types, ids);
    List<Section> read = reading.sections(sections);
    RemoteTransport from = remote;
    Setup as = role;
    boolean restarted = false;
    boolean rekeyed = false;
    if (reading.tagged() != null) {
      from = TransportReading.read(offer, reading.tagged());
      restarted = remote != null && !remote.ice().sameGeneration(from.ice());
      rekeyed = rekeyed(from);
      NegotiationRefused.unless(!rekeyed || restarted, Reason.FINGERPRINT_CHANGED);
      Setup offered = offer.inherited(reading.tagged(), Setup.class);
      as = TransportReading.answering(offered, rekeyed ? null : role);
    }
    boolean usable = read.stream().anyMatch(Section::open);
    NegotiationRefused.unless(usable || !sections.isEmpty(), Reason.NOTHING_ACCEPTABLE);

    clientNumber = offerNumber;
    pending = null;
    standing.clear();
    types.carry(payloadTypes);
    ids.carry(extensionIds);
    payloadTypes = types;
    extensionIds = ids;
    remote = from;
    role = as;
    ice = restarted ? fresh() : ice;
    restart = restart && !restarted;
    mixed = offer.has(Flag.EXTMAP_ALLOW_MIXED) || mixed(reading.tagged());
    decline(sections, read);
    Placement placement = new Placement(wanted, declined);
    sections = List.copyOf(placement.fill(placement.keep(read)));
    dataTransport = said(offer);
    boolean grouped = !offer.bundle().isEmpty();
    bundle = bundle(grouped ? offer.bundle() : mids(sections), sections);
    SessionDescription text = describing(ice, role).description(sections, bundle, grouped);
    return new Answer(offerNumber, text, agreement(restarted, rekeyed));
  }

  /// Makes the server's offer.
  ///
  /// @throws IllegalStateException where [#offerNeeded()] is false
  public Offer offer() {
    if (!offerNeeded()) {
      throw new IllegalStateException(pending == null ? "nothing to offer" : "an offer is out");
    }
    Placement placement = new Placement(wanted, declined);
    Offering offering = new Offering(capabilities, payloadTypes, extensionIds);
    List<Section> offered = new ArrayList<>();
    for (Section section : placement.keep(sections)) {
      Outgoing taken = placement.take(section);
      Section before = taken == null ? standing.offered(section) : null;
      offered.add(
          before == null ? offering.again(taken == null ? section : section.with(taken)) : before);
    }
    for (Outgoing outgoing : placement.unplaced()) {
      offered.add(offering.added(offered.size(), freeMid(), outgoing));
    }
    if (dataMissing()) {
      offered.add(Offering.data(offered.size(), freeMid()));
    }
    IceParameters with = restart ? fresh() : ice;
    pending = new Pending(++number, List.copyOf(offered), with, restart);
    Describing describing = describing(with, Setup.ACTPASS);
    List<String> group = bundle(bundle, offered);
    String tagged = group.isEmpty() ? null : group.getFirst();
    List<String> texts = standing.offer(offered, describing, tagged);
    return new Offer(number, describing.head(group, true, List.of()).with(texts), with);
  }

  /// Takes the client's answer to the server's offer.
  ///
  /// @param offerNumber the number of the offer it answers
  /// @throws NegotiationRefused with the reason; the offer is still pending where it was
  public Agreement accept(long offerNumber, SessionDescription answer) throws NegotiationRefused {
    boolean made = offerNumber > 0 && offerNumber <= number;
    NegotiationRefused.unless(made, Reason.NO_OFFER);
    NegotiationRefused.unless(pending() == offerNumber, Reason.STALE);
    AnswerReading reading = new AnswerReading(answer, standing);
    List<Section> read = reading.sections(pending.sections());
    RemoteTransport from = remote;
    Setup as = role;
    boolean rekeyed = false;
    boolean restarted = pending.restarts() && remote != null;
    if (reading.tagged() != null) {
      from = TransportReading.read(answer, reading.tagged());
      boolean same = remote != null && remote.ice().sameGeneration(from.ice());
      NegotiationRefused.unless(remote == null || same != restarted, Reason.ICE_GENERATION);
      rekeyed = rekeyed(from);
      NegotiationRefused.unless(!rekeyed || restarted, Reason.FINGERPRINT_CHANGED);
      Setup answered = answer.inherited(reading.tagged(), Setup.class);
      as = TransportReading.answered(answered, rekeyed ? null : role);
    }
    decline(pending.sections(), read);
    standing.agree(answer, reading.tagged(), read);
    remote = from;
    role = as;
    ice = pending.ice();
    restart = restart && !pending.restarts();
    sections = List.copyOf(read);
    bundle = bundle(bundle, sections);
    dataTransport = said(answer);
    dataDeclined = open(pending.sections(), Kind.APPLICATION) != null && dataTransport == null;
    pending = null;
    return agreement(restarted, rekeyed);
  }

  /// Tracks whose section the client closed are not offered again until they are wanted anew.
  private void decline(List<Section> before, List<Section> after) {
    for (Section section : before) {
      if (section.outgoing() != null && !after.get(section.index()).open()) {
        declined.add(section.outgoing());
      }
    }
    retainDeclined();
  }

  /// What the other end says of data channels, null where there is no section for them.
  private DataTransport said(SessionDescription description) {
    Section open = open(sections, Kind.APPLICATION);
    return open == null ? null : DataTransport.of(description.sections().get(open.index()));
  }

  private boolean rekeyed(RemoteTransport from) {
    return remote != null
        && !new HashSet<>(remote.fingerprints()).equals(new HashSet<>(from.fingerprints()));
  }

  private static boolean mixed(MediaSection tagged) {
    return tagged != null && tagged.has(Flag.EXTMAP_ALLOW_MIXED);
  }

  private Agreement agreement(boolean restarted, boolean rekeyed) {
    return new Agreement(restarted, rekeyed, ice, remote, role, sections, dataTransport);
  }

  private Describing describing(IceParameters with, Setup setup) {
    return new Describing(local, with, setup, mixed, capabilities.messageSize(), ++version);
  }

  private static List<String> mids(List<Section> sections) {
    return sections.stream().map(Section::mid).toList();
  }

  /// The open sections, in the order of the group there is and then in their own: the tagged one
  /// stays the tagged one (RFC 8843, section 7).
  private static List<String> bundle(List<String> before, List<Section> sections) {
    List<String> open = mids(sections.stream().filter(Section::open).toList());
    Set<String> ordered = new LinkedHashSet<>(before);
    ordered.retainAll(new HashSet<>(open));
    ordered.addAll(open);
    return List.copyOf(ordered);
  }

  /// A mid nobody has; `s` keeps it apart from the numbers that browsers count.
  private String freeMid() {
    while (true) {
      String mid = "s" + mids++;
      if (sections.stream().noneMatch(section -> section.mid().equals(mid))) {
        return mid;
      }
    }
  }
}
