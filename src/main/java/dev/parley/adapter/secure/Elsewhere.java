package dev.parley.adapter.secure;

import dev.parley.adapter.EventLoop;

/// Where the costly steps of a handshake are done, signatures above all, so that no loop waits.
@FunctionalInterface
interface Elsewhere {
  /// Does the work on another thread, then the rest on the loop; what the work throws is the work's
  /// own concern.
  void run(Runnable work, Runnable thenOnLoop);

  /// A virtual thread for each work; its number is bounded by the handshakes under way.
  static Elsewhere virtualThreads(EventLoop loop) {
    return (work, thenOnLoop) ->
        Thread.ofVirtual()
            .name("parley-handshake")
            .start(
                () -> {
                  try {
                    work.run();
                  } finally {
                    loop.execute(thenOnLoop);
                  }
                });
  }
}
