package dev.parley.engine.turn;

import dev.parley.engine.Deadline;
import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.engine.Tally;
import dev.parley.engine.Timers;
import dev.parley.media.Counter;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The allocations of one loop, found by 5-tuple, by relay and by number; begins, moves and ends
/// them. Confined to the loop.
final class Allocations {
  /// Bits of an allocation's number, which goes into tickets.
  private static final long NUMBER = 0xffff_ffff_ffffL;

  private final Map<FiveTuple, Allocation> byPath = new HashMap<>();
  private final Map<Long, Allocation> byId = new HashMap<>();
  private final Map<Long, Relay> relays = new HashMap<>();
  private final Effects<TurnEffect> effects;
  private final Tally tally;
  private final Timers timers;
  private final Reservations reservations;
  private final boolean manyLoops;
  private Consumer<Relay> whenClosed = relay -> {};
  private long nextId;
  private long nextRelay;

  /// @param firstId where numbering begins, random: a ticket from before a restart names nobody
  Allocations(
      Effects<TurnEffect> effects,
      Tally tally,
      Timers timers,
      Reservations reservations,
      boolean manyLoops,
      long firstId) {
    this.effects = effects;
    this.tally = tally;
    this.timers = timers;
    this.reservations = reservations;
    this.manyLoops = manyLoops;
    this.nextId = firstId;
    reservations.whenOver(this::drop);
  }

  /// Whom to tell of relays that are closed.
  void whenClosed(Consumer<Relay> told) {
    whenClosed = told;
  }

  /// The allocation on a 5-tuple, ready or being opened, or null.
  Allocation on(FiveTuple path) {
    return byPath.get(path);
  }

  /// The allocation of a number, or null.
  Allocation named(long id) {
    return byId.get(id);
  }

  /// The relay of a number, or null.
  Relay relay(long id) {
    return relays.get(id);
  }

  /// All of them, to look at.
  Collection<Allocation> all() {
    return byId.values();
  }

  /// All of them, to change while walking.
  List<Allocation> copy() {
    return new ArrayList<>(byId.values());
  }

  int size() {
    return byId.size();
  }

  /// Begins one; it has no relay yet.
  Allocation begin(Request request, Meter meter, Quotas.Reservation quota, Opening opening) {
    Allocation allocation = new Allocation(nextId++ & NUMBER, request, meter, quota);
    allocation.opening(opening);
    byPath.put(allocation.path(), allocation);
    byId.put(allocation.id(), allocation);
    return allocation;
  }

  /// Orders the relay socket of a port that is taken.
  void open(Allocation allocation, RelayPlaces.Place place, int port) {
    Relay relay = order(allocation, place, port);
    allocation.relay(relay.ipv4(), relay);
  }

  /// Orders the relay socket of the port after it, to be kept for the holder of a token: a port
  /// that is promised must be had when it is asked for.
  void openNext(Allocation allocation, RelayPlaces.Place place, int port) {
    allocation.opening().keep(order(allocation, place, port));
  }

  private Relay order(Allocation allocation, RelayPlaces.Place place, int port) {
    Transport transport = allocation.opening().transport();
    Relay relay = new Relay(nextRelay++, allocation, place, port, transport);
    relays.put(relay.id(), relay);
    effects.effect(new TurnEffect.OpenRelay(relay.id(), transport, relay.local(), relay.relayed()));
    return relay;
  }

  /// One relay of a pair could not be bound: the other is of no use without it.
  void dropPair(Allocation allocation, Relay missed) {
    Relay kept = allocation.opening().kept();
    if (kept != null) {
      allocation.opening().keep(null);
      drop(missed == kept ? allocation.relays().getFirst() : kept);
    }
  }

  /// Closes a relay that nobody uses, or will.
  void drop(Relay relay) {
    effects.effect(new TurnEffect.CloseRelay(relay.id()));
    forget(relay);
  }

  /// Forgets a relay that is closed, or whose socket could not be bound.
  void forget(Relay relay) {
    relays.remove(relay.id());
    if (!relay.kept()) {
      relay.allocation().relay(relay.ipv4(), null);
    }
    relay.place().ports().free(relay.port());
  }

  /// It is ready: its time runs.
  void made(Allocation allocation, long now) {
    allocation.opening(null);
    allocation.alarm(new Timers.Alarm(later -> wake(allocation, later)));
    timers.noLaterThan(allocation.alarm(), earliest(allocation));
    tally.count(Counter.TURN_ALLOCATIONS_MADE);
  }

  /// Something of it now ends earlier than it did.
  void sooner(Allocation allocation, long at) {
    timers.noLaterThan(allocation.alarm(), at);
  }

  /// Ends one with all it has; its 5-tuple is free at once.
  void end(Allocation allocation) {
    if (allocation.ended()) {
      return;
    }
    allocation.end();
    allocation.relays().forEach(this::close);
    if (allocation.opening() != null && allocation.opening().kept() != null) {
      drop(allocation.opening().kept());
    }
    if (allocation.grant() != null && allocation.grant().token() != 0) {
      reservations.end(allocation.grant().token());
    }
    if (allocation.connected()) {
      byPath.remove(allocation.path());
    }
    byId.remove(allocation.id());
    if (allocation.alarm() != null) {
      timers.cancel(allocation.alarm());
      tally.count(Counter.TURN_ALLOCATIONS_ENDED);
    }
    allocation.quota().release();
    if (allocation.passedOn()) {
      effects.effect(new TurnEffect.TakeBack(allocation.path()));
    }
  }

  /// Ends one that its client did not end.
  void take(Allocation allocation) {
    boolean stream = allocation.connected() && allocation.path().transport().stream();
    end(allocation);
    if (stream) {
      effects.effect(new TurnEffect.CloseClient(allocation.path()));
    }
  }

  /// Ends one relay of a dual allocation, or the allocation with its last one.
  void close(Allocation allocation, Relay relay) {
    if (allocation.relays().size() == 1) {
      end(allocation);
      return;
    }
    boolean ipv4 = relay.ipv4();
    allocation.permissions().remove(peer -> peer.ipv4() == ipv4);
    allocation.channels().remove(binding -> binding.peer().ipv4() == ipv4, binding -> {});
    close(relay);
    allocation.quota().releasePorts(1);
  }

  private void close(Relay relay) {
    whenClosed.accept(relay);
    drop(relay);
  }

  /// The stream of a client has ended: so has its allocation, unless a mobility ticket can still
  /// call for it (RFC 8016, section 3).
  void closed(FiveTuple path, long now) {
    Allocation allocation = byPath.get(path);
    if (allocation == null) {
      return;
    }
    if (!allocation.ready() || allocation.ticket() == 0) {
      end(allocation);
      return;
    }
    byPath.remove(path);
    allocation.disconnect();
    settle(allocation, now);
  }

  /// Moves one to another 5-tuple, on which there is none (RFC 8016, section 3.2).
  void move(Allocation allocation, FiveTuple to, StunMessage by, long now) {
    FiveTuple from = allocation.path();
    allocation.channels().each(binding -> down(allocation, binding));
    if (allocation.passedOn()) {
      effects.effect(new TurnEffect.TakeBack(from));
    }
    if (allocation.connected()) {
      byPath.remove(from);
      if (from.transport().stream()) {
        effects.effect(new TurnEffect.CloseClient(from));
      }
    }
    allocation.move(to, Allocation.Transaction.of(by));
    byPath.put(to, allocation);
    passedOn(allocation);
    settle(allocation, now);
  }

  /// A token or ticket has brought a client here, perhaps by way of another loop.
  void passedOn(Allocation allocation) {
    if (manyLoops) {
      allocation.passOn();
    }
  }

  /// Drops what has expired, and has routes up for what lives and no other.
  void settle(Allocation allocation, long now) {
    allocation.permissions().expire(now);
    allocation
        .channels()
        .remove(binding -> !binding.lives(now), binding -> down(allocation, binding));
    allocation.channels().each(binding -> settle(allocation, binding, now));
  }

  private void settle(Allocation allocation, ChannelBinding binding, long now) {
    boolean wanted =
        allocation.connected() && allocation.permissions().permits(binding.peer(), now);
    if (!wanted) {
      down(allocation, binding);
    } else if (!binding.routed()) {
      binding.routed(true);
      effects.effect(
          new TurnEffect.RouteUp(
              allocation.relayFor(binding.peer()).id(),
              allocation.path(),
              binding.channel(),
              binding.peer(),
              allocation.meter()));
    }
  }

  /// Takes the route of a binding down where it is up.
  void down(Allocation allocation, ChannelBinding binding) {
    if (binding.routed()) {
      binding.routed(false);
      effects.effect(
          new TurnEffect.RouteDown(
              allocation.relayFor(binding.peer()).id(), allocation.path(), binding.channel()));
    }
  }

  private long wake(Allocation allocation, long now) {
    for (Relay relay : allocation.relays()) {
      if (relay.until() - now <= 0) {
        close(allocation, relay);
      }
    }
    if (allocation.ended()) {
      return Engine.NEVER;
    }
    settle(allocation, now);
    return earliest(allocation);
  }

  private static long earliest(Allocation allocation) {
    long earliest =
        Deadline.earlier(allocation.permissions().earliest(), allocation.channels().earliest());
    for (Relay relay : allocation.relays()) {
      earliest = Deadline.earlier(earliest, relay.until());
    }
    return earliest;
  }
}
