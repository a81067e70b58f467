package dev.parley.engine.turn;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.Transport;
import java.util.List;

/// Makes an allocation once its request is found right (RFC 8656, section 7.2, from step 10):
/// quota, ports, relay sockets, answer. Confined to one loop.
final class RelayOpener {
  private final Allocations allocations;
  private final Answers answers;
  private final Rulebook rules;
  private final RelayPlaces places;
  private final Reservations reservations;
  private final Quotas quotas;
  private final Tickets tickets;
  private final Lifetimes lifetimes;

  RelayOpener(
      Allocations allocations,
      Answers answers,
      Rulebook rules,
      RelayPlaces places,
      Reservations reservations,
      Quotas quotas,
      Tickets tickets,
      Lifetimes lifetimes) {
    this.allocations = allocations;
    this.answers = answers;
    this.rules = rules;
    this.places = places;
    this.reservations = reservations;
    this.quotas = quotas;
    this.tickets = tickets;
    this.lifetimes = lifetimes;
  }

  /// Orders relays of these families, true for IPv4; answers later, unless it refuses now.
  StunError open(Request request, RelayPorts.Kind kind, List<Boolean> families) throws StunRefused {
    // All of the request is read before anything is taken for it.
    Opening opening = opening(request, kind);
    Quotas.Answer quota = reserve(request, families.size() + kind.ports() - 1);
    if (!(quota instanceof Quotas.Reservation reserved)) {
      return shortOf(quota);
    }
    Allocation allocation = begin(request, opening, reserved);
    for (boolean ipv4 : families) {
      StunError missed = order(allocation, ipv4, kind);
      if (missed != null) {
        opening.miss(ipv4, missed);
      }
    }
    if (allocation.relays().isEmpty()) {
      allocations.end(allocation);
      return StunError.INSUFFICIENT_CAPACITY;
    }
    if (opening.missing() != 0) {
      reserved.releasePorts(1);
    }
    return null;
  }

  /// Takes the relay that was kept for this request.
  StunError open(Request request, Reservations.Kept kept) throws StunRefused {
    Opening opening = opening(request, null);
    reservations.redeem(kept);
    Quotas.Answer quota = reserve(request, 1);
    if (!(quota instanceof Quotas.Reservation reserved)) {
      allocations.drop(kept.relay());
      return shortOf(quota);
    }
    Allocation allocation = begin(request, opening, reserved);
    allocations.passedOn(allocation);
    kept.relay().handTo(allocation);
    opened(kept.relay(), request.now());
    return null;
  }

  private Quotas.Answer reserve(Request request, int ports) {
    return quotas.reserve(
        request.credential().realm(),
        request.credential().user(),
        ports,
        rules.policy().allocationBandwidth());
  }

  private static StunError shortOf(Quotas.Answer answer) {
    return answer == Quotas.Short.USER
        ? StunError.ALLOCATION_QUOTA_REACHED
        : StunError.INSUFFICIENT_CAPACITY;
  }

  private Opening opening(Request request, RelayPorts.Kind kind) throws StunRefused {
    long asked = request.lifetime(Lifetimes.DEFAULT);
    boolean tcp = request.octet(StunAttribute.REQUESTED_TRANSPORT) == AllocateMethod.TCP;
    return new Opening(
        request.message(),
        kind,
        lifetimes.granted(asked, request.credential()),
        tcp ? Transport.TCP : Transport.UDP);
  }

  private Allocation begin(Request request, Opening opening, Quotas.Reservation quota) {
    Meter meter = new Meter(rules.policy().allocationBandwidth(), request.now());
    Allocation allocation = allocations.begin(request, meter, quota, opening);
    if (request.has(StunAttribute.MOBILITY_TICKET)) {
      allocation.ticket(1);
    }
    return allocation;
  }

  private StunError order(Allocation allocation, boolean ipv4, RelayPorts.Kind kind) {
    RelayPlaces.Place place = places.of(allocation.path().local(), ipv4);
    if (place == null) {
      return StunError.ADDRESS_FAMILY_NOT_SUPPORTED;
    }
    int port = place.ports().take(kind);
    if (port == RelayPorts.NONE) {
      return StunError.INSUFFICIENT_CAPACITY;
    }
    allocations.open(allocation, place, port);
    if (kind == RelayPorts.Kind.PAIR) {
      allocations.openNext(allocation, place, port + 1);
    }
    return null;
  }

  /// A relay socket is bound.
  void opened(Relay relay, long now) {
    Allocation allocation = relay.allocation();
    relay.opened(now + allocation.opening().lifetime() * Lifetimes.SECOND);
    finish(allocation, now);
  }

  /// A relay socket could not be bound: tries another port, where the port was to blame.
  void refused(Relay relay, boolean taken, long now) {
    Allocation allocation = relay.allocation();
    Opening opening = allocation.opening();
    allocations.dropPair(allocation, relay);
    allocations.forget(relay);
    boolean again =
        taken
            && opening.kind() != null
            && opening.again()
            && order(allocation, relay.ipv4(), opening.kind()) == null;
    if (!again && !allocation.relays().isEmpty()) {
      opening.miss(relay.ipv4(), StunError.INSUFFICIENT_CAPACITY);
      allocation.quota().releasePorts(1);
    }
    finish(allocation, now);
  }

  private void finish(Allocation allocation, long now) {
    List<Relay> relays = allocation.relays();
    Opening opening = allocation.opening();
    StunMessage request = opening.request();
    if (relays.isEmpty()) {
      allocations.end(allocation);
      answers.refuse(
          request,
          allocation.path(),
          allocation.credential(),
          opening.fingerprint(),
          StunError.INSUFFICIENT_CAPACITY);
      return;
    }
    Relay kept = opening.kept();
    if (!relays.stream().allMatch(Relay::open) || kept != null && !kept.open()) {
      return;
    }
    long token = kept == null ? 0 : reservations.keep(kept, now);
    allocation.quota().confirm();
    allocation.grant(
        new Allocation.Grant(opening.lifetime(), token, opening.missing(), opening.missingError()));
    allocations.made(allocation, now);
    answer(allocation, request, opening.fingerprint());
  }

  /// The success response (section 7.2, last part), as often as it is asked for.
  void answer(Allocation allocation, StunMessage request, boolean fingerprint) {
    Allocation.Grant grant = allocation.grant();
    StunWriter answer = answers.success(request);
    for (Relay relay : allocation.relays()) {
      answer.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS, relay.relayed());
    }
    answer.u32(StunAttribute.LIFETIME, (int) grant.lifetime());
    if (grant.token() != 0) {
      answer.u64(StunAttribute.RESERVATION_TOKEN, grant.token());
    }
    answer.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, allocation.path().remote());
    if (grant.missing() != 0) {
      // Section 18.12: family, then class and number as ERROR-CODE has them; the phrase is empty.
      int code = grant.missingError();
      answer.u32(
          StunAttribute.ADDRESS_ERROR_CODE, grant.missing() << 24 | code / 100 << 8 | code % 100);
    }
    if (allocation.ticket() != 0) {
      answer.octets(StunAttribute.MOBILITY_TICKET, tickets.issue(allocation), 0, Tickets.LENGTH);
    }
    answers.send(allocation.credential(), allocation.path(), fingerprint);
  }
}
