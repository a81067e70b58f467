package dev.parley.adapter.relay;

import dev.parley.adapter.DatagramOutlet;
import dev.parley.adapter.EventLoop;
import dev.parley.adapter.Passed;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import java.util.HashMap;
import java.util.Map;

/// Clients whose 5-tuple came in on one loop and whose allocation is another's: after a move (RFC
/// 8016), or by a reserved port. Their messages go from the loop that has the socket to the loop
/// that has the allocation, and back where only the first can send.
///
/// Confined to its loop.
final class Elsewhere implements DatagramOutlet {
  private static final byte[] NOTHING = {};

  private final EventLoop loop;
  // Whose socket is here, and the loop that has the allocation.
  private final Map<FiveTuple, Integer> away = new HashMap<>();
  // Whose allocation is here, and the loop that has the socket.
  private final Map<FiveTuple, Integer> guests = new HashMap<>();

  Elsewhere(EventLoop loop) {
    this.loop = loop;
  }

  /// Hot: passes a message on where it belongs to another loop.
  boolean passed(byte[] octets, int at, int length, FiveTuple path) {
    if (away.isEmpty()) {
      return false;
    }
    Integer owner = away.get(path);
    if (owner == null) {
      return false;
    }
    loop.neighbours().pass(owner, Passed.RECEIVED, path, loop.index(), octets, at, length);
    return true;
  }

  void passOn(FiveTuple path, int owner, byte[] message) {
    if (owner < 0 || owner >= loop.neighbours().count() || owner == loop.index()) {
      return;
    }
    away.put(path, owner);
    loop.neighbours().pass(owner, Passed.RECEIVED, path, loop.index(), message, 0, message.length);
  }

  /// The stream has ended; whether its allocation is another loop's, which is told.
  boolean closed(FiveTuple path) {
    Integer owner = away.remove(path);
    if (owner != null) {
      loop.neighbours().pass(owner, Passed.CLOSED, path, loop.index(), NOTHING, 0, 0);
    }
    return owner != null;
  }

  /// Another loop has the socket of this client.
  void cameFrom(FiveTuple path, Integer other) {
    guests.put(path, other);
  }

  /// The loop that has the socket of this client, or -1 where it is this one.
  int home(FiveTuple path) {
    return guests.getOrDefault(path, -1);
  }

  void forget(FiveTuple path) {
    guests.remove(path);
  }

  /// The allocation has ended: what still comes is the other loop's own business.
  void takeBack(FiveTuple path) {
    Integer other = guests.remove(path);
    if (other != null) {
      loop.neighbours().pass(other, Passed.TAKEN_BACK, path, loop.index(), NOTHING, 0, 0);
    }
  }

  void takenBack(FiveTuple path) {
    away.remove(path);
  }

  /// Sends on a stream or association of another loop.
  @Override
  public void transmit(byte[] octets, int at, int length, FiveTuple path) {
    Integer other = guests.get(path);
    if (other == null) {
      loop.tally().count(Counter.SEND_FAILURES);
    } else {
      loop.neighbours().pass(other, Passed.TRANSMIT, path, loop.index(), octets, at, length);
    }
  }
}
