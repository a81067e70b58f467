package dev.parley.engine.turn;

import dev.parley.engine.Effects;
import dev.parley.engine.turn.auth.Authenticator;
import dev.parley.media.AllocationView;
import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import dev.parley.media.TurnPolicy;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// What the enterprise half orders of the TURN server: new rules, revocation, a look at
/// allocations. Confined to one loop.
final class Administration {
  private final Effects<TurnEffect> effects;
  private final Allocations allocations;
  private final Authenticator authenticator;
  private final Rulebook rules;
  private final int loop;

  Administration(
      Effects<TurnEffect> effects,
      Allocations allocations,
      Authenticator authenticator,
      Rulebook rules,
      int loop) {
    this.effects = effects;
    this.allocations = allocations;
    this.authenticator = authenticator;
    this.rules = rules;
    this.loop = loop;
  }

  /// What the new rules forbid ends: allocations of realms that are gone, permissions and channels
  /// of peers that are no longer allowed.
  void follow(TurnPolicy policy, long now) {
    rules.follow(policy);
    authenticator.follow(policy);
    for (Allocation allocation : allocations.copy()) {
      if (!rules.knows(allocation.credential().realm())) {
        allocations.take(allocation);
      } else if (allocation.ready()) {
        allocation.permissions().remove(peer -> !rules.peers().permitsAddress(peer));
        allocation
            .channels()
            .remove(
                binding -> !rules.peers().permits(binding.peer()),
                binding -> allocations.down(allocation, binding));
        allocations.settle(allocation, now);
      }
    }
  }

  void revoke(MediaCommand.RevokeTurn order) {
    authenticator.revoke(order.realm(), order.user(), order.username(), order.until());
    int ended = end(allocation -> authenticator.revoked(allocation.credential()));
    effects.tell(new MediaEvent.AllocationsEnded(loop, order.question(), ended));
  }

  void end(MediaCommand.EndAllocation order) {
    int ended = end(allocation -> name(allocation).equals(order.id()));
    effects.tell(new MediaEvent.AllocationsEnded(loop, order.question(), ended));
  }

  void list(MediaCommand.ListAllocations order, long now) {
    List<AllocationView> views =
        allocations.all().stream()
            .filter(Allocation::ready)
            .limit(Math.max(0, order.most()))
            .map(allocation -> view(allocation, now))
            .toList();
    int total = (int) allocations.all().stream().filter(Allocation::ready).count();
    effects.tell(new MediaEvent.Allocations(loop, order.question(), views, total));
  }

  private int end(Predicate<Allocation> which) {
    int ended = 0;
    for (Allocation allocation : allocations.copy()) {
      if (which.test(allocation)) {
        allocations.take(allocation);
        ended++;
      }
    }
    return ended;
  }

  private String name(Allocation allocation) {
    return loop + "-" + Long.toHexString(allocation.id());
  }

  private AllocationView view(Allocation allocation, long now) {
    long expires = Long.MIN_VALUE;
    for (Relay relay : allocation.relays()) {
      expires = Math.max(expires, relay.until() - now);
    }
    Meter meter = allocation.meter();
    return new AllocationView(
        name(allocation),
        loop,
        allocation.credential().realm(),
        allocation.credential().user(),
        allocation.credential().username(),
        allocation.path().transport().name().toLowerCase(Locale.ROOT),
        allocation.path().remote().literal(),
        allocation.relays().stream().map(relay -> relay.relayed().literal()).toList(),
        (now - allocation.madeAt()) / Lifetimes.SECOND,
        expires / Lifetimes.SECOND,
        allocation.permissions().size(),
        allocation.channels().size(),
        meter.packetsOut(),
        meter.octetsOut(),
        meter.packetsIn(),
        meter.octetsIn());
  }
}
