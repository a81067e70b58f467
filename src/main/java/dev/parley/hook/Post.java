package dev.parley.hook;

import dev.parley.room.Outbox.Letter;
import java.util.function.Consumer;

/// Sends events.
interface Post {
  /// Sends one; returns at once.
  ///
  /// @param outcome told null where it arrived, else why not, in a few words without the URL; on
  ///   any thread, exactly once
  void send(String url, Letter letter, Consumer<String> outcome);
}
