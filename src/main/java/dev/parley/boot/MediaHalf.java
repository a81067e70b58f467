package dev.parley.boot;

import dev.parley.adapter.AdapterSettings;
import dev.parley.adapter.ContainerBootstrap;
import dev.parley.adapter.Listener;
import dev.parley.adapter.MediaResourceAdapter;
import dev.parley.adapter.Service;
import dev.parley.config.ListenSettings;
import dev.parley.engine.turn.StunServer;
import dev.parley.media.MediaEvent;
import dev.parley.media.Snapshot;
import dev.parley.protocol.stun.StunFraming;
import dev.parley.wire.Transport;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/// The media half as the WAR hosts it: a resource adapter, the context it expects, the engines on
/// its loops.
///
/// A container does not look for resource adapters inside a WAR, so this stands where the container
/// would stand.
final class MediaHalf {
  private final MediaResourceAdapter adapter;
  private final ContainerBootstrap context;

  private MediaHalf(MediaResourceAdapter adapter, ContainerBootstrap context) {
    this.adapter = adapter;
    this.context = context;
  }

  /// Binds the sockets and starts one loop a thread.
  ///
  /// @param threads where the loops' threads come from: the container's managed ones
  /// @throws IllegalStateException where no loop can run at all
  static MediaHalf start(ListenSettings settings, ThreadFactory threads) {
    var adapter =
        new MediaResourceAdapter(
            AdapterSettings.defaults().loops(settings.loops()),
            List.of(stun(settings)),
            event -> {});
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

  List<Snapshot> loops() {
    return adapter.snapshots();
  }

  /// Listeners that serve, as `192.0.2.1:3478 (udp, tcp)`, each once however many loops share it.
  List<String> listeners() {
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

  private static Service<Void> stun(ListenSettings settings) {
    var listeners = new ArrayList<Listener>();
    for (InetAddress address : addresses(settings)) {
      for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
        listeners.add(new Listener("stun", transport, address, settings.turnPort(), true));
      }
    }
    return new Service<>(
        "stun",
        listeners,
        StunFraming::frameLength,
        (loop, effects, tally) -> new StunServer(effects, tally),
        (loop, effect) -> {});
  }

  /// The addresses of the settings, else each address this machine has. Not the wildcard: a socket
  /// on it answers from the address the kernel likes best, and a client takes an answer only from
  /// the address it asked (RFC 8489, section 6.3.1).
  private static List<InetAddress> addresses(ListenSettings settings) {
    if (!settings.bind().isEmpty()) {
      return settings.bind();
    }
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress())
          .map(MediaHalf::withoutZone)
          .sorted(Comparator.comparing(InetAddress::getHostAddress))
          .toList();
    } catch (SocketException e) {
      return List.of(InetAddress.ofLiteral("0.0.0.0"), InetAddress.ofLiteral("::"));
    }
  }

  private static InetAddress withoutZone(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new AssertionError("four or sixteen octets are always an address", e);
    }
  }

  private static String place(String host, int port) {
    // The JDK writes out the zeros that people leave out (RFC 5952, section 4.2).
    String shown = host.replaceFirst("(^|:)(0(:|$)){2,}", "::");
    return (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port;
  }
}
