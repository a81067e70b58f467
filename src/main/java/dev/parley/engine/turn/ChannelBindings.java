package dev.parley.engine.turn;

import dev.parley.engine.Engine;
import dev.parley.wire.TransportAddress;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The channels of one allocation, found by number and by peer (RFC 8656, section 12). Confined to
/// the loop of the allocation; holds nothing before the first.
final class ChannelBindings {
  /// Most of one allocation; traffic goes by routes, so the search in order is rare.
  static final int MOST = 256;

  private static final ChannelBinding[] NONE = {};

  private ChannelBinding[] bindings = NONE;
  private int size;

  /// The binding of a number, perhaps no longer alive, or null.
  ChannelBinding of(int channel) {
    for (int i = 0; i < size; i++) {
      if (bindings[i].channel() == channel) {
        return bindings[i];
      }
    }
    return null;
  }

  /// The binding to a peer, perhaps no longer alive, or null.
  ChannelBinding to(TransportAddress peer) {
    for (int i = 0; i < size; i++) {
      if (bindings[i].peer().equals(peer)) {
        return bindings[i];
      }
    }
    return null;
  }

  void add(ChannelBinding binding) {
    if (size == bindings.length) {
      bindings = Arrays.copyOf(bindings, Math.max(2, 2 * size));
    }
    bindings[size++] = binding;
  }

  /// Takes some away and hands each on.
  void remove(Predicate<ChannelBinding> which, Consumer<ChannelBinding> removed) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      ChannelBinding binding = bindings[i];
      if (which.test(binding)) {
        removed.accept(binding);
      } else {
        bindings[kept++] = binding;
      }
    }
    Arrays.fill(bindings, kept, size, null);
    size = kept;
    bindings = size == 0 ? NONE : bindings;
  }

  void each(Consumer<ChannelBinding> action) {
    for (int i = 0; i < size; i++) {
      action.accept(bindings[i]);
    }
  }

  /// When the first ends, or [Engine#NEVER].
  long earliest() {
    long earliest = Engine.NEVER;
    for (int i = 0; i < size; i++) {
      long until = bindings[i].until();
      earliest = i == 0 || until - earliest < 0 ? until : earliest;
    }
    return earliest;
  }

  int size() {
    return size;
  }
}
