package dev.parley.protocol.ice;

import dev.parley.wire.FiveTuple;

/// A valid pair: a path on which an authenticated check arrived (RFC 8445, section 7.3.2). Confined
/// to its agent.
final class Pair {
  private final FiveTuple path;
  private Generation generation;
  private Generation before;
  private long client;
  private long priority;
  private long checked;
  private boolean nominated;

  Pair(FiveTuple path, Generation generation) {
    this.path = path;
    this.generation = generation;
  }

  FiveTuple path() {
    return path;
  }

  /// The newest generation in which it was checked.
  Generation generation() {
    return generation;
  }

  /// Notes one more check.
  ///
  /// @param clientPriority of the client's candidate
  /// @param nominates whether this check did; a client that goes on checking without that has
  ///   withdrawn its nomination
  /// @return whether it is nominated for the first time, or again
  boolean checked(Generation in, long clientPriority, boolean nominates, long now) {
    boolean again = nominated && generation == in;
    if (generation != in) {
      before = generation;
      generation = in;
    }
    client = clientPriority;
    priority = IcePriority.pair(clientPriority, IcePriority.host(path));
    checked = now;
    nominated = nominates;
    return nominates && !again;
  }

  /// The newest generation ends without having carried anything: whether the pair is valid in this
  /// other one, to which it belongs from now on.
  boolean fallsBackTo(Generation other) {
    if (before != other) {
      return false;
    }
    generation = other;
    before = null;
    return true;
  }

  /// The priority of the client's candidate.
  long client() {
    return client;
  }

  /// Compare without a sign.
  long priority() {
    return priority;
  }

  /// When it was last checked.
  long checked() {
    return checked;
  }

  /// Whether the last check nominated it.
  boolean nominated() {
    return nominated;
  }
}
