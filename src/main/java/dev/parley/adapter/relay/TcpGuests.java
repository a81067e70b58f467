package dev.parley.adapter.relay;

import dev.parley.adapter.StreamTaker;
import dev.parley.adapter.io.StreamSocket;
import dev.parley.wire.FiveTuple;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The bridges on this loop whose allocations live on another one: their peers' connections have
/// moved to where the clients' data connections are, so that no octet changes its thread.
final class TcpGuests {
  private final TcpLoop loop;
  private final byte[] scratch;
  private final Map<Id, Guest> guests = new HashMap<>();

  /// A CONNECTION-ID is unique on the loop of its allocation.
  private record Id(int loop, int connection) {}

  TcpGuests(TcpLoop loop, byte[] scratch) {
    this.loop = loop;
    this.scratch = scratch;
  }

  /// Takes a peer's connection up and bridges it.
  void adopt(int from, int connection, StreamSocket.Left left, FiveTuple client) {
    StreamSocket peer;
    try {
      peer = left.join(loop.io());
    } catch (IOException e) {
      left.close();
      tellEnded(from, connection);
      return;
    }
    Guest guest = new Guest(new Id(from, connection), peer);
    guests.put(guest.id, guest);
    if (!loop.detach(client, guest)) {
      guest.lost();
    }
  }

  void end(int from, int connection) {
    Guest guest = guests.remove(new Id(from, connection));
    if (guest != null) {
      guest.close();
    }
  }

  void close() {
    List.copyOf(guests.values()).forEach(Guest::close);
    guests.clear();
  }

  private void tellEnded(int from, int connection) {
    loop.pass(from, relays -> relays.endedElsewhere(connection));
  }

  private final class Guest implements StreamTaker {
    private final Id id;
    private final StreamSocket peer;
    private TcpBridge bridge;
    private boolean closed;

    Guest(Id id, StreamSocket peer) {
      this.id = id;
      this.peer = peer;
    }

    @Override
    public void taken(StreamSocket client, byte[] octets, int at, int length) {
      if (closed) {
        client.close();
        return;
      }
      bridge = new TcpBridge(client, peer, scratch, this::lost);
      bridge.start(octets, at, length);
    }

    @Override
    public void lost() {
      close();
      if (guests.remove(id) != null) {
        tellEnded(id.loop(), id.connection());
      }
    }

    void close() {
      closed = true;
      if (bridge != null) {
        bridge.end();
      } else {
        peer.close();
      }
    }
  }
}
