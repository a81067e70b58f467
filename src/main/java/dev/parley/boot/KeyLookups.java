package dev.parley.boot;

import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/// Looks up the keys of TURN users for the loops, each on a virtual thread. Thread-safe.
///
/// Who asks has proved nothing yet, so few run at a time: what comes above that is dropped, the
/// loop forgets it, and a real client sends again (RFC 8489, section 6.2.1).
final class KeyLookups {
  private static final System.Logger LOG = System.getLogger(KeyLookups.class.getName());

  /// Lookups at a time: half of what a connection pool of usual size has, so that a flood leaves
  /// the other half to people.
  static final int MOST = 16;

  private final Semaphore free = new Semaphore(MOST);
  private final Function<MediaEvent.TurnKeyWanted, Optional<MediaCommand.TurnKey>> lookup;

  /// @param lookup may block; empty where there is no such user
  KeyLookups(Function<MediaEvent.TurnKeyWanted, Optional<MediaCommand.TurnKey>> lookup) {
    this.lookup = lookup;
  }

  /// Starts a lookup and returns at once.
  ///
  /// @return false where too many run already
  boolean look(MediaEvent.TurnKeyWanted wanted, Consumer<MediaCommand.TurnKey> found) {
    if (!free.tryAcquire()) {
      return false;
    }
    Thread.ofVirtual()
        .name("parley-turn-key")
        .start(
            () -> {
              try {
                found.accept(
                    lookup
                        .apply(wanted)
                        .orElseGet(
                            () -> new MediaCommand.TurnKey(wanted.question(), null, null, null)));
              } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "the key of a TURN user was not found", e);
              } finally {
                free.release();
              }
            });
    return true;
  }
}
