package dev.parley.signal;

/// Where what happens in rooms is written down before anybody is told of it.
public interface Chronicle {
  /// Nothing is written; meetings then wait for nothing.
  Chronicle NONE =
      new Chronicle() {
        @Override
        public boolean kept() {
          return false;
        }

        @Override
        public void write(Fact fact, Runnable written) {
          throw new IllegalStateException("nobody asked for it");
        }
      };

  /// Whether anything is written; the same answer for as long as the server runs.
  boolean kept();

  /// Takes a fact; writes it soon, after all facts of its room that came before. Returns at once,
  /// since a meeting's monitor is held.
  ///
  /// @param written run when the fact cannot be lost any more, in the order of each room, on
  ///   another thread
  void write(Fact fact, Runnable written);
}
