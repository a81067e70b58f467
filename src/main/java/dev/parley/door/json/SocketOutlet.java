package dev.parley.door.json;

import dev.parley.signal.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// A socket of the container (Jakarta WebSocket 2.1).
final class SocketOutlet implements Outlet {
  private static final Logger LOG = System.getLogger(SocketOutlet.class.getName());

  /// How long a peer may take to answer a close.
  private static final long CUT_MILLIS = 5_000;

  private final Session socket;
  private final TyrusIdleTimer timer;
  private final Runnable cut;

  SocketOutlet(Session socket, TyrusIdleTimer timer, Runnable cut) {
    this.socket = socket;
    this.timer = timer;
    this.cut = cut;
  }

  @Override
  public void send(String text, Done done) {
    try {
      socket.getAsyncRemote().sendText(text, result -> done.sent(result.isOK()));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "A frame could not be sent", e);
      done.sent(false);
    }
  }

  @Override
  public void ping() {
    try {
      socket.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "A ping could not be sent", e);
    }
  }

  @Override
  public void takes(int octets) {
    try {
      socket.setMaxTextMessageBufferSize(octets);
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "A socket was closed before it joined", e);
    }
  }

  @Override
  public void close(CloseReason reason) {
    try {
      socket.close(
          new jakarta.websocket.CloseReason(
              CloseCodes.getCloseCode(reason.code()), reason.phrase()));
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "A socket could not be closed in order", e);
    }
    later(cut, CUT_MILLIS);
  }

  @Override
  public void later(Runnable task, long millis) {
    try {
      timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }
}
