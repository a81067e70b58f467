package dev.parley.socket;

import dev.parley.signal.CloseReason;
import dev.parley.signal.Limits;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// A socket of the container (Jakarta WebSocket 2.1).
public final class SocketOutlet implements Outlet {
  private static final Logger LOG = System.getLogger(SocketOutlet.class.getName());

  /// How long a peer may take to answer a close.
  private static final long CUT_MILLIS = 5_000;

  private final Session socket;
  private final TyrusIdleTimer timer;
  private final Runnable cut;

  /// Takes over a socket that has just been opened.
  public static SocketOutlet open(Session socket, TyrusIdleTimer timer, TyrusCut cut) {
    // The heartbeat of signaling watches idle sockets; the container's own timer has nothing to do.
    socket.setMaxIdleTimeout(0);
    var outlet = new SocketOutlet(socket, timer, cut.of(socket));
    // What comes in parts the container gathers without end where it is not told.
    outlet.takes(Limits.MOST_MESSAGE_BYTES);
    timer.adopt(socket);
    return outlet;
  }

  /// @param cut ends the connection under it
  private SocketOutlet(Session socket, TyrusIdleTimer timer, Runnable cut) {
    this.socket = socket;
    this.timer = timer;
    this.cut = cut;
  }

  @Override
  public void send(Frame frame, Done done) {
    try {
      SendHandler handler = result -> done.sent(result.isOK());
      switch (frame) {
        case Frame.Text(String text) -> socket.getAsyncRemote().sendText(text, handler);
        case Frame.Binary(byte[] octets) ->
            socket.getAsyncRemote().sendBinary(ByteBuffer.wrap(octets), handler);
      }
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
      socket.setMaxBinaryMessageBufferSize(octets);
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
