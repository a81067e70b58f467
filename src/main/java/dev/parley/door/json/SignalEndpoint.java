package dev.parley.door.json;

import dev.parley.signal.Attachment;
import dev.parley.signal.CloseReason;
import dev.parley.signal.Limits;
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
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/// One socket of `/signal/{room}`; the container makes one endpoint for each.
@ServerEndpoint(
    value = "/signal/{room}",
    subprotocols = Dialect.SUBPROTOCOL,
    configurator = Handshake.class)
public class SignalEndpoint {
  private static final Logger LOG = System.getLogger(SignalEndpoint.class.getName());

  @Inject private JsonDoor door;
  private Inlet inlet;

  @OnOpen
  public void open(Session socket, EndpointConfig config, @PathParam("room") String room) {
    var seen = Handshake.Seen.of(config.getUserProperties());
    var dialect =
        Dialect.SUBPROTOCOL.equals(socket.getNegotiatedSubprotocol())
            ? Dialect.PARLEY_V1
            : Dialect.CLASSIC;
    var query = socket.getRequestParameterMap().get("access_token");
    String token =
        seen.bearer() != null || query == null || query.isEmpty()
            ? seen.bearer()
            : query.getFirst();
    var outlet = SocketOutlet.open(socket, door.timer(), door.cut());
    boolean classic = dialect == Dialect.CLASSIC;
    var form = classic ? null : DataForms.INSTANCE;
    var knock = new Attachment.Knock(room, seen.hostName(), token, classic, false, form);
    boolean known = door.origins().allows(seen.origin(), seen.host());
    inlet = new Inlet(door.signaling(), dialect, outlet, knock, known);
  }

  @OnMessage(maxMessageSize = Limits.MOST_DESCRIPTION_BYTES)
  public void text(String text) {
    inlet.text(text);
  }

  @OnMessage(maxMessageSize = Limits.MOST_MESSAGE_BYTES)
  public void binary(ByteBuffer octets) {
    inlet.binary();
  }

  @OnMessage
  public void pong(PongMessage pong) {
    inlet.pong();
  }

  @OnClose
  public void close() {
    if (inlet != null) {
      inlet.gone();
    }
  }

  /// A broken socket is closed by the container right after; a failure of ours closes it here.
  @OnError
  public void error(Session socket, Throwable cause) {
    LOG.log(Level.DEBUG, "A socket failed", cause);
    if (inlet != null) {
      inlet.lose(CloseReason.FAILED);
    }
  }
}
