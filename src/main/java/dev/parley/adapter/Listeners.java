package dev.parley.adapter;

import dev.parley.adapter.io.Bind;
import dev.parley.media.MediaEvent;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Binds the listeners of all services on all loops and remembers which stand.
final class Listeners {
  private final int socketBufferOctets;
  private final List<MediaEvent> events = new ArrayList<>();
  // The port the first loop got, where it may choose and the others must follow.
  private final Map<Listener, Integer> chosen = new HashMap<>();

  Listeners(int socketBufferOctets) {
    this.socketBufferOctets = socketBufferOctets;
  }

  /// Binds what one loop listens on; a listener that cannot be bound does not keep the others.
  void bind(EventLoop loop, List<Service<?>> services, int loops) {
    for (Service<?> service : services) {
      EngineHost<?> host = loop.host(service);
      for (Listener listener : service.listeners()) {
        events.add(bind(loop, host, listener, loops));
      }
    }
  }

  private MediaEvent bind(EventLoop loop, EngineHost<?> host, Listener listener, int loops) {
    Bind bind = place(loop.index(), listener, loops);
    String transport = listener.transport().name().toLowerCase(Locale.ROOT);
    String address = listener.bind().getHostAddress();
    try {
      TransportAddress local = loop.listen(host, listener.transport(), bind);
      chosen.putIfAbsent(listener, local.port());
      return new MediaEvent.ListenerUp(loop.index(), transport, address, local.port());
    } catch (IOException | RuntimeException e) {
      return new MediaEvent.ListenerFailed(
          loop.index(),
          transport,
          address,
          bind.port(),
          e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private Bind place(int loop, Listener listener, int loops) {
    if (!listener.perLoopReusePort() || loops == 1) {
      int port = listener.port() == 0 ? 0 : listener.port() + loop;
      return new Bind(listener.bind(), port, Bind.Sharing.ALONE, socketBufferOctets);
    }
    Integer taken = chosen.get(listener);
    return taken == null
        ? new Bind(listener.bind(), listener.port(), Bind.Sharing.FIRST, socketBufferOctets)
        : new Bind(listener.bind(), taken, Bind.Sharing.FURTHER, socketBufferOctets);
  }

  List<MediaEvent> events() {
    return List.copyOf(events);
  }
}
