package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.media.Counter;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Hands the data messages of a room to those of its members that are on this loop, within what a
/// room may have sent. Confined to that loop.
final class Exchange {
  private static final double SECOND = 1e9;

  /// Who holds senders back where nobody in particular does.
  private static final String ROOM = "";

  private final SfuKit kit;
  private final Router router;
  private final int octetsPerSecond;
  private final Set<String> held = new HashSet<>();
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private double credit;
  private long filled;

  Exchange(SfuKit kit, Router router) {
    this.kit = kit;
    this.router = router;
    octetsPerSecond = kit.settings().dataOctets();
    credit = octetsPerSecond;
    filled = kit.now();
  }

  /// Sends a message to each of its receivers.
  void send(SfuCommand.SendData order, long now) {
    int sent = 0;
    for (String id : order.peers()) {
      Member receiver = router.member(id);
      if (receiver == null) {
        kit.count(Counter.DATA_UNDELIVERED);
      } else {
        send(receiver, order, now);
        sent++;
      }
    }
    spend((double) sent * order.message().octets().length, order.from(), now);
  }

  /// A bug that one receiver meets costs that one.
  private static void send(Member receiver, SfuCommand.SendData order, long now) {
    try {
      receiver.data().send(order.message(), order.from(), now);
    } catch (RuntimeException bug) {
      receiver.fail(bug);
    }
  }

  /// Who brings a room above what it may have sent is not read from until that is paid for.
  private void spend(double octets, String from, long now) {
    credit = Math.min(octetsPerSecond, credit + (now - filled) / SECOND * octetsPerSecond);
    credit -= octets;
    filled = now;
    if (credit < 0 && from != null && held.add(from)) {
      hold(from, true, now);
      kit.timers().noLaterThan(alarm, now + (long) (-credit / octetsPerSecond * SECOND));
    }
  }

  private long wake(long now) {
    Set.copyOf(held).forEach(from -> hold(from, false, now));
    held.clear();
    return Engine.NEVER;
  }

  private void hold(String from, boolean holds, long now) {
    Member sender = router.member(from);
    if (sender == null) {
      kit.tell(new SfuEvent.DataHeld(router.name(), from, ROOM, holds));
    } else {
      sender.data().hold(ROOM, holds, now);
      sender.touch();
    }
  }

  /// The room has nobody here any more.
  void end() {
    kit.timers().cancel(alarm);
    List.copyOf(held).forEach(from -> hold(from, false, kit.now()));
    held.clear();
  }
}
