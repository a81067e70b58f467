package dev.parley.adapter.relay;

import dev.parley.adapter.EventLoop;
import dev.parley.adapter.Passed;
import dev.parley.adapter.StreamTaker;
import dev.parley.adapter.io.LoopIo;
import dev.parley.wire.FiveTuple;
import java.util.function.Consumer;

/// An event loop as its TCP relays see it.
///
/// @param elsewhere knows whose streams other loops have
record TcpRelayLoop(EventLoop loop, Elsewhere elsewhere) implements TcpLoop {
  private static final byte[] NOTHING = {};

  @Override
  public LoopIo io() {
    return loop.io();
  }

  @Override
  public int index() {
    return loop.index();
  }

  @Override
  public long now() {
    return loop.now();
  }

  @Override
  public void input(Runnable input) {
    loop.run(TurnService.NAME, input);
  }

  @Override
  public boolean detach(FiveTuple client, StreamTaker taker) {
    return loop.detach(client, taker);
  }

  @Override
  public int home(FiveTuple client) {
    return elsewhere.home(client);
  }

  @Override
  public boolean pass(int other, Consumer<TcpRelays> work) {
    return loop.neighbours().pass(other, Passed.WORK, work, loop.index(), NOTHING, 0, 0);
  }
}
