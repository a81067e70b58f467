package dev.parley.adapter.relay;

import dev.parley.adapter.StreamTaker;
import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.StreamAcceptor;
import dev.parley.adapter.io.StreamSocket;
import dev.parley.engine.turn.RelaySide;
import dev.parley.engine.turn.TurnEffect;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The TCP relays of one loop (RFC 6062): listens on relayed transport addresses, connects from
/// them, and bridges peers with clients' data connections.
///
/// Confined to the loop. Keeps no time: who has not bridged a connection in 30 seconds, or wants no
/// longer to wait for a peer, orders [TurnEffect.Disconnect].
public final class TcpRelays implements AutoCloseable {
  private final TcpLoop loop;
  private final RelaySide side;
  private final byte[] scratch = new byte[64 * 1024];
  private final Map<Long, Relay> relays = new HashMap<>();
  private final Map<Integer, TcpPeer> peers = new HashMap<>();
  private final TcpGuests guests;

  /// @param side the engine, called through [TcpLoop#input]
  public TcpRelays(TcpLoop loop, RelaySide side) {
    this.loop = loop;
    this.side = side;
    this.guests = new TcpGuests(loop, scratch);
  }

  /// Carries out what concerns TCP relays.
  ///
  /// @return false where it is for somebody else
  public boolean carryOut(TurnEffect effect) {
    switch (effect) {
      case TurnEffect.OpenRelay open when open.transport() == Transport.TCP -> open(open);
      case TurnEffect.CloseRelay close when relays.containsKey(close.relay()) ->
          close(close.relay());
      case TurnEffect.Connect connect -> connect(connect);
      case TurnEffect.Bridge bridge -> bridge(bridge.connection(), bridge.client());
      case TurnEffect.Disconnect disconnect -> disconnect(disconnect.connection());
      default -> {
        return false;
      }
    }
    resume();
    return true;
  }

  /// A relayed transport address that is listened on.
  private final class Relay implements LoopIo.AcceptHandler {
    private final long id;
    private final TransportAddress local;
    private StreamAcceptor acceptor;
    private boolean paused;

    Relay(long id, TransportAddress local) {
      this.id = id;
      this.local = local;
    }

    @Override
    public void accepted(StreamSocket socket) {
      loop.input(() -> take(socket));
    }

    private void take(StreamSocket socket) {
      int connection = -1;
      try {
        connection = side.accepted(id, socket.path().remote(), loop.now());
      } finally {
        if (connection == -1) {
          socket.close();
        }
      }
      if (connection != -1) {
        TcpPeer peer = new TcpPeer(connection, id);
        peer.socket = socket;
        peers.put(connection, peer);
      }
    }

    @Override
    public void failed() {
      paused = true;
    }
  }

  private void open(TurnEffect.OpenRelay order) {
    Relay relay = new Relay(order.relay(), order.local());
    try {
      relay.acceptor = loop.io().tcp(bind(order.local(), Bind.Sharing.FIRST), relay);
    } catch (IOException | RuntimeException e) {
      boolean taken = Bind.taken(e);
      loop.input(() -> side.refused(order.relay(), taken, loop.now()));
      return;
    }
    relays.put(relay.id, relay);
    loop.input(() -> side.opened(relay.id, loop.now()));
  }

  private static Bind bind(TransportAddress local, Bind.Sharing sharing) {
    return new Bind(local.socketAddress().getAddress(), local.port(), sharing, 0);
  }

  private void close(long id) {
    relays.remove(id).acceptor.close();
    List<Integer> ended = new ArrayList<>();
    for (TcpPeer peer : peers.values()) {
      if (peer.relay == id) {
        ended.add(peer.connection);
      }
    }
    ended.forEach(this::disconnect);
  }

  private void connect(TurnEffect.Connect order) {
    TcpPeer peer = new TcpPeer(order.connection(), order.relay());
    Relay relay = relays.get(order.relay());
    if (relay == null) {
      failed(peer);
      return;
    }
    peers.put(peer.connection, peer);
    try {
      Bind local = bind(relay.acceptor.local(), Bind.Sharing.FURTHER);
      peer.connector = loop.io().connect(local, order.peer(), connecting(peer));
    } catch (IOException | RuntimeException e) {
      failed(peer);
    }
  }

  private LoopIo.ConnectHandler connecting(TcpPeer peer) {
    return new LoopIo.ConnectHandler() {
      @Override
      public void connected(StreamSocket socket) {
        peer.connector = null;
        peer.socket = socket;
        loop.input(() -> side.connected(peer.connection, loop.now()));
      }

      @Override
      public void failed() {
        TcpRelays.this.failed(peer);
      }
    };
  }

  private void failed(TcpPeer peer) {
    peers.remove(peer.connection, peer);
    loop.input(() -> side.connectFailed(peer.connection, loop.now()));
  }

  private void bridge(int connection, FiveTuple client) {
    TcpPeer peer = peers.get(connection);
    StreamTaker taker = new Joining(connection, peer);
    if (peer == null || peer.socket == null || peer.bridge != null) {
      // The peer went while the order was on its way: the data connection has no other end.
      loop.detach(client, taker);
    } else if (!loop.detach(client, taker)) {
      bridgeElsewhere(peer, client);
    }
  }

  /// Waits for the client's data connection, which is cut out of its frames.
  private final class Joining implements StreamTaker {
    private final int connection;
    private final TcpPeer peer;

    Joining(int connection, TcpPeer peer) {
      this.connection = connection;
      this.peer = peer;
    }

    @Override
    public void taken(StreamSocket client, byte[] octets, int at, int length) {
      if (peer == null || peers.get(connection) != peer || peer.bridge != null) {
        client.close();
        return;
      }
      peer.bridge = new TcpBridge(client, peer.socket, scratch, () -> ended(peer));
      peer.bridge.start(octets, at, length);
    }

    @Override
    public void lost() {
      if (peer != null && peers.get(connection) == peer) {
        ended(peer);
      }
    }
  }

  private void bridgeElsewhere(TcpPeer peer, FiveTuple client) {
    int home = loop.home(client);
    StreamSocket.Left left = null;
    if (home >= 0) {
      try {
        left = peer.socket.leave();
      } catch (IOException e) {
        // It has gone.
        left = null;
      }
    }
    if (left == null) {
      ended(peer);
      return;
    }
    StreamSocket.Left moving = left;
    int from = loop.index();
    peer.socket = null;
    peer.bridgedOn = home;
    boolean passed =
        loop.pass(home, there -> there.guests.adopt(from, peer.connection, moving, client));
    if (!passed) {
      moving.close();
      ended(peer);
    }
  }

  /// A peer's connection has ended on the loop it had moved to.
  void endedElsewhere(int connection) {
    TcpPeer peer = peers.get(connection);
    if (peer != null && peer.bridgedOn != TcpPeer.HERE) {
      ended(peer);
    }
  }

  // Both ways lead here: the bridge that ends closes the client's stream, and the other way round.
  private void ended(TcpPeer peer) {
    if (peers.remove(peer.connection, peer)) {
      peer.close();
      loop.input(() -> side.disconnected(peer.connection, loop.now()));
      resume();
    }
  }

  private void disconnect(int connection) {
    TcpPeer peer = peers.remove(connection);
    if (peer == null) {
      return;
    }
    peer.close();
    if (peer.bridgedOn != TcpPeer.HERE) {
      int from = loop.index();
      loop.pass(peer.bridgedOn, there -> there.guests.end(from, connection));
    }
  }

  // A listener that ran out of descriptors tries again when one may be free.
  private void resume() {
    for (Relay relay : relays.values()) {
      if (relay.paused) {
        relay.paused = false;
        relay.acceptor.resume();
      }
    }
  }

  /// How many peer connections there are, for tests and metrics.
  public int connections() {
    return peers.size();
  }

  /// Closes everything; the engine is not told.
  @Override
  public void close() {
    List.copyOf(relays.keySet()).forEach(this::close);
    List.copyOf(peers.keySet()).forEach(this::disconnect);
    guests.close();
  }
}
