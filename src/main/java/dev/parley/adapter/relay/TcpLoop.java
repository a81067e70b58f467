package dev.parley.adapter.relay;

import dev.parley.adapter.StreamTaker;
import dev.parley.adapter.io.LoopIo;
import dev.parley.wire.FiveTuple;
import java.util.function.Consumer;

/// What the TCP relays of one loop need of it; on the loop's thread.
public interface TcpLoop {
  /// Where sockets come from.
  LoopIo io();

  /// The loop's number.
  int index();

  /// The time of this turn.
  long now();

  /// Calls an input of the engine, its effects carried out afterwards.
  void input(Runnable input);

  /// Takes a client's stream of this loop out of its framing; false where it has none such.
  boolean detach(FiveTuple client, StreamTaker taker);

  /// The loop that has a client's stream and passes its messages here, or -1.
  int home(FiveTuple client);

  /// Has the TCP relays of another loop do something, in the order of the calls; false where that
  /// loop has ended.
  boolean pass(int loop, Consumer<TcpRelays> work);
}
