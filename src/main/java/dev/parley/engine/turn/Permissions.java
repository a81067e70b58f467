package dev.parley.engine.turn;

import dev.parley.engine.Engine;
import dev.parley.wire.TransportAddress;
import java.util.Arrays;
import java.util.function.Predicate;

/// The permissions of one allocation: peer IP addresses, whatever the port, each with its time (RFC
/// 8656, section 9). Confined to the loop of the allocation.
///
/// Three words a permission and none before the first.
final class Permissions {
  /// Nanoseconds that one lives without being refreshed: 300 s (RFC 8656, section 9).
  static final long LIFETIME = 300_000_000_000L;

  /// Most of one allocation: far above the candidates of any peer, low enough to search in order.
  static final int MOST = 256;

  private static final int WORDS = 3;
  private static final long[] NOBODY = {};

  private long[] words = NOBODY;
  private int size;

  /// Whether octets may pass to and from this address.
  boolean permits(TransportAddress peer, long now) {
    int row = find(peer);
    return row >= 0 && words[row + 2] - now > 0;
  }

  /// Whether it is listed, even where its time is over.
  boolean lists(TransportAddress peer) {
    return find(peer) >= 0;
  }

  /// Installs or refreshes one, until then.
  void install(TransportAddress peer, long until) {
    int row = find(peer);
    if (row < 0) {
      row = WORDS * size++;
      if (row == words.length) {
        words = Arrays.copyOf(words, Math.max(2 * WORDS, 2 * words.length));
      }
      words[row] = peer.high();
      words[row + 1] = peer.low();
    }
    words[row + 2] = until;
  }

  /// Takes away those whose time is over; whether there were any.
  boolean expire(long now) {
    return drop(row -> words[row + 2] - now <= 0);
  }

  /// Takes away those of these addresses, given with port 0; whether there were any.
  boolean remove(Predicate<TransportAddress> which) {
    return drop(row -> which.test(new TransportAddress(words[row], words[row + 1], 0)));
  }

  private interface Rows {
    boolean has(int row);
  }

  private boolean drop(Rows doomed) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!doomed.has(WORDS * i)) {
        System.arraycopy(words, WORDS * i, words, WORDS * kept++, WORDS);
      }
    }
    boolean any = kept < size;
    size = kept;
    words = size == 0 ? NOBODY : words;
    return any;
  }

  /// When the first ends, or [Engine#NEVER].
  long earliest() {
    long earliest = Engine.NEVER;
    for (int i = 0; i < size; i++) {
      long until = words[WORDS * i + 2];
      earliest = i == 0 || until - earliest < 0 ? until : earliest;
    }
    return earliest;
  }

  int size() {
    return size;
  }

  private int find(TransportAddress peer) {
    for (int row = 0; row < WORDS * size; row += WORDS) {
      if (words[row + 1] == peer.low() && words[row] == peer.high()) {
        return row;
      }
    }
    return -1;
  }
}
