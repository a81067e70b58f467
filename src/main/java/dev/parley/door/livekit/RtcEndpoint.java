package dev.parley.door.livekit;

import dev.parley.identity.TokenRefused;
import dev.parley.signal.CloseReason;
import dev.parley.signal.Limits;
import dev.parley.socket.Frame;
import dev.parley.socket.Handshake;
import dev.parley.socket.SocketOutlet;
import jakarta.inject.Inject;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitRtc.LeaveRequest;

/// One socket of `/rtc`; the container makes one endpoint for each.
@ServerEndpoint(value = "/rtc", configurator = Handshake.class)
public class RtcEndpoint {
  private static final Logger LOG = System.getLogger(RtcEndpoint.class.getName());

  @Inject private LiveKitDoor door;
  private Caller caller;

  @OnOpen
  public void open(Session socket, EndpointConfig config) {
    var outlet = SocketOutlet.open(socket, door.timer(), door.cut());
    var seen = Handshake.Seen.of(config.getUserProperties());
    var arrival = Arrival.of(socket.getRequestParameterMap(), seen);
    if (arrival == null || arrival.lacks(socket.getRequestURI().getPath())) {
      refuse(outlet, CloseReason.BAD_REQUEST);
      return;
    }
    try {
      caller = door.caller(outlet, arrival, door.grant(arrival.token()));
      caller.enter();
    } catch (TokenRefused refused) {
      refuse(outlet, CloseReason.CREDENTIALS);
    }
  }

  private static void refuse(SocketOutlet outlet, CloseReason reason) {
    var leave =
        Tellings.leave(DisconnectReason.JOIN_FAILURE, LeaveRequest.Action.DISCONNECT).getFirst();
    outlet.send(new Frame.Binary(leave.toByteArray()), _ -> outlet.close(reason));
  }

  @OnMessage(maxMessageSize = Limits.MOST_DESCRIPTION_BYTES)
  public void text(String text) {
    if (caller != null) {
      caller.text(text);
    }
  }

  @OnMessage(maxMessageSize = Limits.MOST_DESCRIPTION_BYTES)
  public void binary(byte[] octets) {
    if (caller != null) {
      caller.binary(octets);
    }
  }

  @OnMessage
  public void pong(PongMessage pong) {
    if (caller != null) {
      caller.pong();
    }
  }

  @OnClose
  public void close() {
    if (caller != null) {
      caller.gone();
    }
  }

  /// A broken socket is closed by the container right after; a failure of ours closes it here.
  @OnError
  public void error(Session socket, Throwable cause) {
    LOG.log(Level.DEBUG, "A socket failed", cause);
    if (caller != null) {
      caller.lose(CloseReason.FAILED);
    }
  }
}
