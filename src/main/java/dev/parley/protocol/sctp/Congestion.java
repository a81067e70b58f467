package dev.parley.protocol.sctp;

/// The congestion window of the one path there is (RFC 9260, section 7.2), octets.
final class Congestion {
  /// Packets sent before anything is acknowledged; RFC 6928 says so for TCP.
  private static final int INITIAL = 10;

  // Of a full packet, what counts as in flight (PMDCS of section 7.2.1).
  private final int packet;
  private final int most;
  private int window;
  private int threshold;
  private int partial;
  private boolean recovering;
  private int exit;

  Congestion(SctpLimits limits) {
    this.packet = limits.chunk();
    this.most = limits.flight();
    this.window = Math.min(INITIAL * packet, most);
    this.threshold = most;
  }

  int window() {
    return window;
  }

  boolean recovering() {
    return recovering;
  }

  /// The cumulative TSN has reached this (section 7.2.4, 5): a recovery may be over.
  void reached(int cumulative) {
    if (recovering && !Serial.after(exit, cumulative)) {
      recovering = false;
    }
  }

  /// Octets were acknowledged (sections 7.2.1 and 7.2.2).
  ///
  /// @param advanced whether the cumulative TSN has
  /// @param used whether the window was what kept more from being sent
  void acknowledged(int octets, boolean advanced, boolean used) {
    if (recovering || !advanced) {
      return;
    }
    if (window <= threshold) {
      if (used) {
        grow(Math.min(octets, packet));
      }
      return;
    }
    partial = Math.min(partial + octets, 2 * most);
    if (partial >= window && used) {
      partial -= window;
      grow(packet);
    }
  }

  private void grow(int octets) {
    window = Math.min(window + octets, most);
  }

  /// All is acknowledged (section 7.2.2).
  void empty() {
    partial = 0;
  }

  /// Three reports have missed a chunk (section 7.2.4).
  ///
  /// @param highest TSN sent so far: once it is acknowledged, the recovery is over
  /// @return whether a recovery begins
  boolean lost(int highest) {
    if (recovering) {
      return false;
    }
    threshold = Math.max(window / 2, 4 * packet);
    window = Math.min(threshold, window);
    partial = 0;
    recovering = true;
    exit = highest;
    return true;
  }

  /// T3-rtx ran out (section 7.2.3).
  void timedOut() {
    threshold = Math.max(window / 2, 4 * packet);
    window = packet;
    partial = 0;
    recovering = false;
  }

  /// Nothing was sent for a while: what the window was says little now (section 7.2.1).
  void idle() {
    window = Math.max(window / 2, Math.min(window, 4 * packet));
  }
}
