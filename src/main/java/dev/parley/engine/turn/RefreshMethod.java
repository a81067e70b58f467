package dev.parley.engine.turn;

import dev.parley.engine.Effects;
import dev.parley.engine.turn.Request.Check;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunWriter;
import java.util.List;

/// Refresh (RFC 8656, section 8.2), and the move of an allocation to another 5-tuple (RFC 8016,
/// section 3.2). Confined to one loop.
final class RefreshMethod implements Method {
  private final Effects<TurnEffect> effects;
  private final Allocations allocations;
  private final Answers answers;
  private final Tickets tickets;
  private final Lifetimes lifetimes;
  private final TurnPlace place;

  private final List<Check> rules = List.of(Request::allocationIsThere, this::familyIsAllocated);

  RefreshMethod(
      Effects<TurnEffect> effects,
      Allocations allocations,
      Answers answers,
      Tickets tickets,
      Lifetimes lifetimes,
      TurnPlace place) {
    this.effects = effects;
    this.allocations = allocations;
    this.answers = answers;
    this.tickets = tickets;
    this.lifetimes = lifetimes;
    this.place = place;
  }

  @Override
  public void take(Request request) throws StunRefused {
    boolean retransmitted =
        request.allocation() != null && request.allocation().movedBy(request.message());
    if (request.has(StunAttribute.MOBILITY_TICKET) && !retransmitted) {
      move(request);
      return;
    }
    if (!answers.refused(request, rules)) {
      refresh(request, request.allocation());
    }
  }

  private StunError familyIsAllocated(Request request) throws StunRefused {
    return relays(request, request.allocation()).isEmpty()
        ? StunError.PEER_ADDRESS_FAMILY_MISMATCH
        : null;
  }

  /// The relays that are meant: all, or those of one family.
  private static List<Relay> relays(Request request, Allocation allocation) throws StunRefused {
    int family = request.octet(StunAttribute.REQUESTED_ADDRESS_FAMILY);
    if (family == Request.MISSING) {
      return allocation.relays();
    }
    boolean known = family == Request.IPV4 || family == Request.IPV6;
    Relay relay = known ? allocation.relay(family == Request.IPV4) : null;
    return relay == null ? List.of() : List.of(relay);
  }

  private void refresh(Request request, Allocation allocation) throws StunRefused {
    long asked = request.lifetime(Lifetimes.DEFAULT);
    List<Relay> relays = relays(request, allocation);
    long granted = asked == 0 ? 0 : lifetimes.granted(asked, request.credential());
    if (asked == 0) {
      relays.forEach(relay -> allocations.close(allocation, relay));
    } else {
      long until = request.now() + granted * Lifetimes.SECOND;
      relays.forEach(relay -> relay.refresh(until));
      allocations.sooner(allocation, until);
    }
    StunWriter answer = answers.success(request.message());
    answer.u32(StunAttribute.LIFETIME, (int) granted);
    if (allocation.ticket() != 0 && request.has(StunAttribute.MOBILITY_TICKET)) {
      answer.octets(StunAttribute.MOBILITY_TICKET, tickets.issue(allocation), 0, Tickets.LENGTH);
    }
    answers.send(request.credential(), request.path(), request.has(StunAttribute.FINGERPRINT));
  }

  /// A client comes from another 5-tuple than its allocation is on.
  private void move(Request request) throws StunRefused {
    StunMessage message = request.message();
    int value = message.find(StunAttribute.MOBILITY_TICKET);
    Tickets.Ticket ticket = Tickets.read(message.octets(), value, message.length(value));
    boolean elsewhere =
        ticket != null && ticket.loop() != place.loop() && ticket.loop() < place.loops();
    if (elsewhere && request.allocation() == null) {
      effects.effect(new TurnEffect.PassOn(request.path(), ticket.loop(), message.copy()));
      return;
    }
    Allocation moved = ticket == null ? null : allocations.named(ticket.allocation());
    StunError refusal = ticketRefusal(request, ticket, moved);
    if (refusal != null) {
      answers.refuse(request, refusal);
      if (place.loops() > 1 && allocations.on(request.path()) == null) {
        effects.effect(new TurnEffect.TakeBack(request.path()));
      }
      return;
    }
    allocations.move(moved, request.path(), message, request.now());
    moved.follow(request.credential());
    refresh(request, moved);
  }

  /// RFC 8016, section 3.2.2, and no 5-tuple with two allocations.
  private StunError ticketRefusal(Request request, Tickets.Ticket ticket, Allocation moved)
      throws StunRefused {
    if (request.allocation() != null) {
      return StunError.BAD_REQUEST;
    }
    if (allocations.on(request.path()) != null) {
      return StunError.ALLOCATION_MISMATCH;
    }
    if (ticket == null || moved == null || !moved.ready() || !tickets.genuine(ticket, moved)) {
      return StunError.BAD_REQUEST;
    }
    if (!moved.belongsTo(request.credential())) {
      return StunError.WRONG_CREDENTIALS;
    }
    return relays(request, moved).isEmpty() ? StunError.PEER_ADDRESS_FAMILY_MISMATCH : null;
  }
}
