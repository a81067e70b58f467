package dev.parley.adapter;

import dev.parley.engine.Deadline;
import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import dev.parley.wire.FiveTuple;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/// One engine on one loop: calls it, catches what it throws, carries out what it orders.
final class EngineHost<E> implements Effects<E>, Intake {
  // A tick that threw may have left the work of other peers undone; it is tried again, not at once.
  private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(100);

  private final Service<E> service;
  private final EventLoop loop;
  private final Engine engine;
  private final ArrayDeque<E> ordered = new ArrayDeque<>();
  private Intake intake = this;
  private boolean carryingOut;
  // The deadline that was served last; an engine that leaves it standing is not called again.
  private long served = Engine.NEVER;
  private boolean failing;
  private long retryAt;

  EngineHost(Service<E> service, EventLoop loop) {
    this.service = service;
    this.loop = loop;
    this.engine = service.engines().create(loop.index(), this, loop.tally());
    for (Intake.Layer layer : service.layers().reversed()) {
      intake = layer.before(loop, intake);
    }
  }

  Service<E> service() {
    return service;
  }

  /// Where listeners put what arrives: the outermost layer, or this.
  Intake intake() {
    return intake;
  }

  /// Hot: one message for the engine.
  @Override
  public void receive(byte[] octets, int at, int length, FiveTuple path) {
    try {
      engine.receive(octets, at, length, path, loop.now());
    } catch (Throwable t) {
      loop.failed(service.name(), t);
    }
    carryOut();
  }

  /// Hot: the sockets have been served.
  void drained() {
    try {
      engine.drained(loop.now());
    } catch (Throwable t) {
      loop.failed(service.name(), t);
    }
    carryOut();
  }

  @Override
  public void closed(FiveTuple path) {
    run(() -> engine.closed(path, loop.now()));
  }

  void command(MediaCommand command) {
    run(() -> engine.command(command, loop.now()));
  }

  /// Rare: an input of the engine that has no method here.
  void run(Runnable input) {
    try {
      input.run();
    } catch (Throwable t) {
      loop.failed(service.name(), t);
    }
    carryOut();
  }

  /// How the loop has fared.
  void load(double busy, long late) {
    run(() -> engine.load(busy, late, loop.now()));
  }

  /// Ticks the engine if its deadline has come.
  ///
  /// @return that deadline, or [Engine#NEVER]
  long tickIfDue(long now) {
    long deadline = deadline();
    if (!Deadline.due(deadline, now)) {
      return Engine.NEVER;
    }
    served = failing ? served : deadline;
    failing = false;
    try {
      engine.tick(now);
    } catch (Throwable t) {
      failing = true;
      retryAt = now + RETRY;
      loop.failed(service.name(), t);
    }
    carryOut();
    return deadline;
  }

  /// When the engine is to be ticked next.
  long deadline() {
    if (failing) {
      return retryAt;
    }
    try {
      long deadline = engine.deadline();
      return deadline == served ? Engine.NEVER : deadline;
    } catch (Throwable t) {
      failing = true;
      retryAt = loop.now() + RETRY;
      loop.failed(service.name(), t);
      return retryAt;
    }
  }

  @Override
  public void transmit(byte[] octets, int at, int length, FiveTuple path) {
    loop.transmit(octets, at, length, path);
  }

  @Override
  public void effect(E effect) {
    ordered.add(effect);
  }

  @Override
  public void tell(MediaEvent event) {
    loop.tell(event);
  }

  // An effect that leads to further ones does not nest: they join the queue that is being emptied.
  private void carryOut() {
    if (carryingOut || ordered.isEmpty()) {
      return;
    }
    carryingOut = true;
    for (E effect = ordered.poll(); effect != null; effect = ordered.poll()) {
      try {
        service.effects().carryOut(effect, loop);
      } catch (Throwable t) {
        loop.failed(service.name(), t);
      }
    }
    carryingOut = false;
  }
}
