package dev.parley.engine.peer;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The data channels of one peer by number and label, and which of them are crowded. Confined to
/// the peer's loop.
final class DataChannels {
  private final Map<Integer, DataChannel> numbers = new HashMap<>();
  private final Map<String, DataChannel> labels = new HashMap<>();
  private int crowded;

  int size() {
    return numbers.size();
  }

  /// The channel with a number, or null.
  DataChannel of(int number) {
    return numbers.get(number);
  }

  /// The channel that messages with a label are sent on, or null.
  DataChannel labelled(String label) {
    return labels.get(label);
  }

  List<DataChannel> all() {
    return new ArrayList<>(numbers.values());
  }

  void enter(DataChannel channel) {
    numbers.put(channel.number, channel);
    labels.putIfAbsent(channel.form.label(), channel);
  }

  /// Takes a channel out; another one with its label takes its place.
  void remove(DataChannel channel) {
    numbers.remove(channel.number);
    String label = channel.form.label();
    if (labels.remove(label, channel)) {
      for (DataChannel other : numbers.values()) {
        if (other.form.label().equals(label)) {
          labels.put(label, other);
          break;
        }
      }
    }
  }

  /// No more should be sent on a channel for now.
  void crowd(DataChannel channel, long now) {
    channel.crowded = true;
    channel.crowdedAt = now;
    crowded++;
  }

  /// More may be sent on a channel.
  ///
  /// @return whether that makes it all of them
  boolean relieve(DataChannel channel) {
    if (channel == null || !channel.crowded) {
      return false;
    }
    channel.crowded = false;
    crowded--;
    return crowded == 0;
  }

  /// Whether any channel is crowded.
  boolean crowded() {
    return crowded > 0;
  }

  /// When the first of those that are crowded has been so for a while, or [Engine#NEVER].
  long crowdedUntil(long patience) {
    long first = Engine.NEVER;
    if (crowded > 0) {
      for (DataChannel channel : numbers.values()) {
        if (channel.crowded) {
          first = Deadline.earlier(first, Deadline.at(channel.crowdedAt + patience));
        }
      }
    }
    return first;
  }
}
