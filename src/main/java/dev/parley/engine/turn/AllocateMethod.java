package dev.parley.engine.turn;

import dev.parley.engine.Effects;
import dev.parley.engine.turn.Request.Check;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.wire.Octets;
import java.util.List;

/// Allocate (RFC 8656, section 7.2): rules in the order of the RFC, the first refusal wins.
/// Confined to one loop.
final class AllocateMethod implements Method {
  /// The protocol number of UDP in REQUESTED-TRANSPORT.
  private static final int UDP = 17;

  /// The protocol number of TCP there (RFC 6062).
  static final int TCP = 6;

  private static final int RESERVE_NEXT = 0x80;

  private final Effects<TurnEffect> effects;
  private final Allocations allocations;
  private final Answers answers;
  private final Rulebook rules;
  private final RelayPlaces places;
  private final Reservations reservations;
  private final RelayOpener opener;
  private final TurnPlace place;

  private final List<Check> form =
      List.of(
          this::tupleIsFree,
          this::transportIsServed,
          this::tcpIsForStreams,
          this::evenPortIsWellFormed,
          this::tokenStandsAlone,
          this::oneFamilyAttribute,
          this::additionalFamilyIsIpv6,
          this::pairIsOfOneFamily,
          this::familyIsServed,
          this::ticketIsEmpty,
          this::mobilityIsForUdp,
          this::nodeAccepts);

  AllocateMethod(
      Effects<TurnEffect> effects,
      Allocations allocations,
      Answers answers,
      Rulebook rules,
      RelayPlaces places,
      Reservations reservations,
      RelayOpener opener,
      TurnPlace place) {
    this.effects = effects;
    this.allocations = allocations;
    this.answers = answers;
    this.rules = rules;
    this.places = places;
    this.reservations = reservations;
    this.opener = opener;
    this.place = place;
  }

  @Override
  public void take(Request request) throws StunRefused {
    Allocation allocation = allocations.on(request.path());
    if (allocation != null && allocation.madeBy(request.message())) {
      // Section 7.2, step 2: a retransmission gets the same answer, once there is one.
      if (allocation.ready() && allocation.belongsTo(request.credential())) {
        opener.answer(allocation, request.message(), request.has(StunAttribute.FINGERPRINT));
      }
      return;
    }
    StunError refusal = request.judged(form);
    if (refusal != null) {
      refuse(request, refusal);
    } else if (request.has(StunAttribute.RESERVATION_TOKEN)) {
      redeem(request);
    } else {
      refusal = opener.open(request, kind(request), families(request));
      if (refusal != null) {
        answers.refuse(request, refusal);
      }
    }
  }

  /// Step 2: one allocation a 5-tuple.
  private StunError tupleIsFree(Request request) {
    return allocations.on(request.path()) == null ? null : StunError.ALLOCATION_MISMATCH;
  }

  /// Step 3: UDP and TCP are what is relayed.
  private StunError transportIsServed(Request request) throws StunRefused {
    return switch (request.octet(StunAttribute.REQUESTED_TRANSPORT)) {
      case Request.MISSING -> StunError.BAD_REQUEST;
      case UDP, TCP -> null;
      default -> StunError.UNSUPPORTED_TRANSPORT_PROTOCOL;
    };
  }

  /// RFC 6062, section 5.1: TCP is relayed for clients on streams, and has neither pairs of ports
  /// nor fragments.
  private StunError tcpIsForStreams(Request request) throws StunRefused {
    if (request.octet(StunAttribute.REQUESTED_TRANSPORT) != TCP) {
      return null;
    }
    boolean fine =
        request.path().transport().stream()
            && !request.has(StunAttribute.EVEN_PORT)
            && !request.has(StunAttribute.RESERVATION_TOKEN)
            && !request.has(StunAttribute.DONT_FRAGMENT);
    return fine ? null : StunError.BAD_REQUEST;
  }

  /// EVEN-PORT is one octet (section 18.7).
  private StunError evenPortIsWellFormed(Request request) {
    int value = request.message().find(StunAttribute.EVEN_PORT);
    boolean formed = value == StunMessage.NONE || request.message().length(value) == 1;
    return formed ? null : StunError.BAD_REQUEST;
  }

  /// Steps 5 and 7: the token says port and family already.
  private StunError tokenStandsAlone(Request request) throws StunRefused {
    int value = request.message().find(StunAttribute.RESERVATION_TOKEN);
    if (value == StunMessage.NONE) {
      return null;
    }
    StunValues.u64(request.message(), value);
    boolean alone =
        !request.has(StunAttribute.EVEN_PORT)
            && !request.has(StunAttribute.REQUESTED_ADDRESS_FAMILY)
            && !request.has(StunAttribute.ADDITIONAL_ADDRESS_FAMILY);
    return alone ? null : StunError.BAD_REQUEST;
  }

  /// Step 6: REQUESTED- or ADDITIONAL-ADDRESS-FAMILY, not both.
  private StunError oneFamilyAttribute(Request request) {
    boolean both =
        request.has(StunAttribute.REQUESTED_ADDRESS_FAMILY)
            && request.has(StunAttribute.ADDITIONAL_ADDRESS_FAMILY);
    return both ? StunError.BAD_REQUEST : null;
  }

  /// Step 9: IPv4 is allocated anyhow (section 18.11).
  private StunError additionalFamilyIsIpv6(Request request) throws StunRefused {
    int family = request.octet(StunAttribute.ADDITIONAL_ADDRESS_FAMILY);
    boolean fine = family == Request.MISSING || family == Request.IPV6;
    return fine ? null : StunError.BAD_REQUEST;
  }

  /// Step 9: a reserved next port and a second family do not go together.
  private StunError pairIsOfOneFamily(Request request) {
    boolean both =
        request.has(StunAttribute.ADDITIONAL_ADDRESS_FAMILY)
            && kind(request) == RelayPorts.Kind.PAIR;
    return both ? StunError.BAD_REQUEST : null;
  }

  /// Step 7: there is an address of the family; where two are asked for, one is enough.
  private StunError familyIsServed(Request request) throws StunRefused {
    int asked = request.octet(StunAttribute.REQUESTED_ADDRESS_FAMILY);
    if (asked != Request.MISSING && asked != Request.IPV4 && asked != Request.IPV6) {
      return StunError.ADDRESS_FAMILY_NOT_SUPPORTED;
    }
    boolean served =
        request.has(StunAttribute.RESERVATION_TOKEN)
            || families(request).stream()
                .anyMatch(ipv4 -> places.of(request.path().local(), ipv4) != null);
    return served ? null : StunError.ADDRESS_FAMILY_NOT_SUPPORTED;
  }

  /// RFC 8016, section 3.1: a client without an allocation asks with an empty ticket.
  private StunError ticketIsEmpty(Request request) {
    int value = request.message().find(StunAttribute.MOBILITY_TICKET);
    boolean empty = value == StunMessage.NONE || request.message().length(value) == 0;
    return empty ? null : StunError.BAD_REQUEST;
  }

  /// RFC 8016, section 3.1: a TCP relay's data connections cannot follow their client.
  private StunError mobilityIsForUdp(Request request) throws StunRefused {
    boolean cannot =
        request.has(StunAttribute.MOBILITY_TICKET)
            && request.octet(StunAttribute.REQUESTED_TRANSPORT) == TCP;
    return cannot ? StunError.MOBILITY_FORBIDDEN : null;
  }

  /// Step 11: a node that drains sends new clients elsewhere, where there is elsewhere.
  private StunError nodeAccepts(Request request) {
    if (rules.policy().accepting()) {
      return null;
    }
    return rules.alternate(request.path().remote()) == null
        ? StunError.INSUFFICIENT_CAPACITY
        : StunError.TRY_ALTERNATE;
  }

  /// Step 5: the port was reserved by another Allocate, perhaps on another loop.
  private void redeem(Request request) throws StunRefused {
    StunMessage message = request.message();
    long token = StunValues.u64(message, message.find(StunAttribute.RESERVATION_TOKEN));
    int loop = Reservations.loopOf(token);
    if (loop != place.loop() && loop < place.loops()) {
      effects.effect(new TurnEffect.PassOn(request.path(), loop, message.copy()));
      return;
    }
    Reservations.Kept kept = reservations.of(token, request.credential());
    StunError refusal = kept == null ? StunError.INSUFFICIENT_CAPACITY : opener.open(request, kept);
    if (refusal != null) {
      refuse(request, refusal);
    }
  }

  /// Refuses; a path that was passed here for nothing goes back.
  private void refuse(Request request, StunError refusal) {
    answers.refuse(request, refusal);
    boolean passedHere =
        place.loops() > 1
            && request.has(StunAttribute.RESERVATION_TOKEN)
            && allocations.on(request.path()) == null;
    if (passedHere) {
      effects.effect(new TurnEffect.TakeBack(request.path()));
    }
  }

  private static RelayPorts.Kind kind(Request request) {
    int value = request.message().find(StunAttribute.EVEN_PORT);
    if (value == StunMessage.NONE) {
      return RelayPorts.Kind.ANY;
    }
    return (Octets.u8(request.message().octets(), value) & RESERVE_NEXT) == 0
        ? RelayPorts.Kind.EVEN
        : RelayPorts.Kind.PAIR;
  }

  /// Which families are asked for, true for IPv4, the default (section 7.2, step 7).
  private static List<Boolean> families(Request request) throws StunRefused {
    if (request.has(StunAttribute.ADDITIONAL_ADDRESS_FAMILY)) {
      return List.of(true, false);
    }
    return List.of(request.octet(StunAttribute.REQUESTED_ADDRESS_FAMILY) != Request.IPV6);
  }
}
