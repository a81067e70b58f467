package dev.parley.adapter;

import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import dev.parley.media.Snapshot;
import jakarta.resource.NotSupportedException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.transaction.xa.XAResource;

/// The resource adapter (Jakarta Connectors 2.1, chapter 5) that owns every socket and event loop.
///
/// Started and stopped by its container, one call at a time; [#post], [#snapshots] and the other
/// readers may be called from any thread.
public final class MediaResourceAdapter implements ResourceAdapter {
  private static final System.Logger LOG = System.getLogger(MediaResourceAdapter.class.getName());

  private final AdapterSettings settings;
  private final List<Service<?>> services;
  private final Consumer<MediaEvent> events;
  private volatile List<EventLoop> loops = List.of();
  private volatile List<MediaEvent> listeners = List.of();
  private volatile IoChoice choice;
  private CountDownLatch running = new CountDownLatch(0);

  /// @param events told what happens, from the starting thread or a loop; must return quickly
  public MediaResourceAdapter(
      AdapterSettings settings, List<Service<?>> services, Consumer<MediaEvent> events) {
    this.settings = settings;
    this.services = List.copyOf(services);
    this.events = events;
  }

  /// Binds all sockets, then starts one work per loop. A listener that cannot be bound is an event
  /// and keeps nothing else from starting.
  @Override
  public void start(BootstrapContext context) throws ResourceAdapterInternalException {
    choice = IoChoice.of(settings.io());
    LOG.log(System.Logger.Level.INFO, "sockets by {0}: {1}", choice.name(), choice.reason());
    Listeners bound = new Listeners(settings.socketBufferOctets());
    List<EventLoop> built = build(bound);
    listeners = bound.events();
    loops = List.copyOf(built);
    listeners.forEach(this::publish);
    startAll(context.getWorkManager(), built);
  }

  private List<EventLoop> build(Listeners bound) throws ResourceAdapterInternalException {
    CountDownLatch ends = new CountDownLatch(settings.loops());
    List<EventLoop> built = new ArrayList<>();
    try {
      for (int i = 0; i < settings.loops(); i++) {
        int index = i;
        Consumer<String> ended = failure -> ended(ends, index, failure);
        EventLoop loop = new EventLoop(index, choice.factory(), settings, this::publish, ended);
        built.add(loop);
        bound.bind(loop, services, settings.loops());
      }
    } catch (IOException | RuntimeException e) {
      built.forEach(EventLoop::close);
      throw new ResourceAdapterInternalException("no event loop: " + e.getMessage(), e);
    }
    built.forEach(loop -> loop.neighbours().meet(built));
    running = ends;
    return built;
  }

  private void startAll(WorkManager works, List<EventLoop> built)
      throws ResourceAdapterInternalException {
    for (int i = 0; i < built.size(); i++) {
      try {
        works.startWork(built.get(i));
      } catch (WorkException e) {
        for (EventLoop unstarted : built.subList(i, built.size())) {
          unstarted.close();
          running.countDown();
        }
        loops = List.copyOf(built.subList(0, i));
        stop();
        throw new ResourceAdapterInternalException("no thread for an event loop", e);
      }
    }
  }

  private void ended(CountDownLatch ends, int loop, String failure) {
    if (failure != null) {
      LOG.log(System.Logger.Level.ERROR, "loop {0} ended: {1}", loop, failure);
    }
    ends.countDown();
    publish(new MediaEvent.LoopEnded(loop, failure));
  }

  // A listener that throws must not leave bound sockets without a loop.
  private void publish(MediaEvent event) {
    try {
      events.accept(event);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "an event found no taker", e);
    }
  }

  /// Ends every loop: by its mailbox, so that what came before is done; past it where it is full.
  @Override
  public void stop() {
    for (EventLoop loop : loops) {
      if (!loop.post(new MediaCommand.Stop())) {
        loop.release();
      }
    }
    try {
      if (!running.await(settings.stopWithin().toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(System.Logger.Level.ERROR, "{0} loops have not ended", running.getCount());
        loops.forEach(EventLoop::release);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      loops.forEach(EventLoop::release);
    }
    listeners = List.of();
  }

  /// Leaves a command for one loop; false where its mailbox is full or it has none such.
  public boolean post(int loop, MediaCommand command) {
    List<EventLoop> all = loops;
    return loop >= 0 && loop < all.size() && all.get(loop).post(command);
  }

  /// The number of loops that were started.
  public int loops() {
    return loops.size();
  }

  /// The counters of every loop now.
  public List<Snapshot> snapshots() {
    return loops.stream().map(EventLoop::snapshot).toList();
  }

  /// What became of each listener: [MediaEvent.ListenerUp] or [MediaEvent.ListenerFailed].
  public List<MediaEvent> listeners() {
    return listeners;
  }

  /// Which twin serves the sockets and why; null before the start.
  public IoChoice io() {
    return choice;
  }

  /// Messages leave by the media door, not by message-driven beans.
  @Override
  public void endpointActivation(MessageEndpointFactory factory, ActivationSpec specification)
      throws NotSupportedException {
    throw new NotSupportedException("media has no message endpoints");
  }

  /// Nothing was activated.
  @Override
  public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec specification) {}

  /// No transactions are taken part in.
  @Override
  public XAResource[] getXAResources(ActivationSpec[] specifications) {
    return new XAResource[0];
  }

  /// Adapters of one configuration are equal, as the connector architecture asks.
  @Override
  public boolean equals(Object other) {
    return other instanceof MediaResourceAdapter that
        && settings.equals(that.settings)
        && services.equals(that.services);
  }

  @Override
  public int hashCode() {
    return Objects.hash(settings, services);
  }
}
