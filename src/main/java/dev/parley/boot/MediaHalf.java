package dev.parley.boot;

import dev.parley.adapter.AdapterSettings;
import dev.parley.adapter.ContainerBootstrap;
import dev.parley.adapter.MediaResourceAdapter;
import dev.parley.adapter.Service;
import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import dev.parley.media.Snapshot;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/// The media half as the WAR hosts it: a resource adapter, the context it expects, the engines on
/// its loops.
///
/// A container does not look for resource adapters inside a WAR, so this stands where the container
/// would stand.
final class MediaHalf implements Loops {
  private final MediaResourceAdapter adapter;
  private final ContainerBootstrap context;

  private MediaHalf(MediaResourceAdapter adapter, ContainerBootstrap context) {
    this.adapter = adapter;
    this.context = context;
  }

  /// Binds the sockets and starts one loop a thread.
  ///
  /// @param services what runs on its loops
  /// @param events told what the loops tell
  /// @param threads where the loops' threads come from: the container's managed ones
  /// @throws IllegalStateException where no loop can run at all
  static MediaHalf start(
      int loops, List<Service<?>> services, Consumer<MediaEvent> events, ThreadFactory threads) {
    var adapter =
        new MediaResourceAdapter(AdapterSettings.defaults().loops(loops), services, events);
    var half = new MediaHalf(adapter, new ContainerBootstrap(threads));
    try {
      adapter.start(half.context);
    } catch (ResourceAdapterInternalException e) {
      half.context.close();
      throw new IllegalStateException("the media half does not start: " + e.getMessage(), e);
    }
    return half;
  }

  void stop() {
    adapter.stop();
    context.close();
  }

  @Override
  public int loops() {
    return adapter.loops();
  }

  @Override
  public boolean post(int loop, MediaCommand command) {
    return adapter.post(loop, command);
  }

  List<Snapshot> snapshots() {
    return adapter.snapshots();
  }

  @Override
  public List<MediaEvent> listeners() {
    return adapter.listeners();
  }

  /// Listeners that serve, as `192.0.2.1:3478 (udp, tcp)`, each once however many loops share it.
  List<String> serving() {
    Map<String, Set<String>> up = new LinkedHashMap<>();
    for (MediaEvent event : adapter.listeners()) {
      if (event instanceof MediaEvent.ListenerUp serving) {
        up.computeIfAbsent(place(serving.host(), serving.port()), place -> new LinkedHashSet<>())
            .add(serving.transport());
      }
    }
    return up.entrySet().stream()
        .map(place -> place.getKey() + " (" + String.join(", ", place.getValue()) + ")")
        .toList();
  }

  /// Listeners that could not be bound, with the system's words.
  List<String> troubles() {
    Set<String> failed = new LinkedHashSet<>();
    for (MediaEvent event : adapter.listeners()) {
      if (event instanceof MediaEvent.ListenerFailed refused) {
        failed.add(
            refused.transport()
                + " "
                + place(refused.host(), refused.port())
                + ": "
                + refused.reason());
      }
    }
    return List.copyOf(failed);
  }

  /// How the loops talk to the kernel and why, for the console.
  String io() {
    return adapter.loops() + " by " + adapter.io().name() + ", " + adapter.io().reason();
  }

  private static String place(String host, int port) {
    // The JDK writes out the zeros that people leave out (RFC 5952, section 4.2).
    String shown = host.replaceFirst("(^|:)(0(:|$)){2,}", "::");
    return (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port;
  }
}
