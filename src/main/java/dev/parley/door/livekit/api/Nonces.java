package dev.parley.door.livekit.api;

import com.google.protobuf.ByteString;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The marks of the last messages that applications sent: one that comes again is the same message,
/// asked for once more since its answer was lost. Thread-safe.
final class Nonces {
  /// The SDKs take 16 octets.
  static final int LONGEST = 64;

  /// As many as are sent within the minutes in which somebody tries again.
  private static final int KEPT = 10_000;

  private record Nonce(String room, ByteString octets) {}

  private final Set<Nonce> seen =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Nonce, Boolean> eldest) {
                  return size() > KEPT;
                }
              }));

  /// Notes a mark; nothing marked is always new.
  ///
  /// @return false where it was there before
  boolean isNew(String room, ByteString octets) {
    return octets.isEmpty() || seen.add(new Nonce(room, octets));
  }
}
