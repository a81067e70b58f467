package dev.parley.socket;

import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ends the connection under a closed socket whose peer does not read, by reflection and only where
/// it fits.
///
/// A close frame waits behind everything the peer has not read, and nothing in Jakarta WebSocket or
/// Tyrus ever gives up: on Payara Micro 6.2025.10 such a connection stayed open with four megabytes
/// in the kernel for as long as the client wished. The steps lead from Tyrus' session to the
/// Grizzly connection. Where one does not fit, the connection is left to its peer.
public final class TyrusCut {
  private static final Logger LOG = System.getLogger(TyrusCut.class.getName());

  /// From the session to Catalina's request.
  private static final List<String> FIELDS =
      List.of(
          "asyncRemote",
          "webSocket",
          "protocolHandler",
          "writer",
          "tyrusHttpUpgradeHandler",
          "handler",
          "wc",
          "request");

  /// From there to Grizzly's connection.
  private static final List<String> CALLS =
      List.of("getCoyoteRequest", "getContext", "getConnection");

  private final AtomicBoolean told = new AtomicBoolean();

  /// Finds the connection of a session that was just opened. Later would be too late: the request
  /// the steps lead over is used again for somebody else once the connection has ended.
  ///
  /// @return cuts the connection, if it still is there
  public Runnable of(Session session) {
    if (!session.getClass().getName().equals("org.glassfish.tyrus.core.TyrusSession")) {
      return () -> {};
    }
    try {
      Object at = session;
      for (var step : FIELDS) {
        at = field(at, step);
      }
      for (var step : CALLS) {
        at = call(at, step);
      }
      Object connection = at;
      var terminate = connection.getClass().getMethod("terminateSilently");
      return () -> {
        try {
          terminate.invoke(connection);
        } catch (ReflectiveOperationException e) {
          tell(e);
        }
      };
    } catch (ReflectiveOperationException | RuntimeException e) {
      tell(e);
      return () -> {};
    }
  }

  private void tell(Exception e) {
    if (told.compareAndSet(false, true)) {
      LOG.log(Level.WARNING, "Connections whose peer does not read cannot be cut", e);
    }
  }

  private static Object field(Object of, String name) throws ReflectiveOperationException {
    if (of == null) {
      throw new NoSuchFieldException(name);
    }
    for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
      for (var field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field.get(of);
        }
      }
    }
    throw new NoSuchFieldException(name);
  }

  private static Object call(Object on, String name) throws ReflectiveOperationException {
    var method = on.getClass().getMethod(name);
    method.setAccessible(true);
    return method.invoke(on);
  }
}
