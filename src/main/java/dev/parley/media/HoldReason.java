package dev.parley.media;

/// Why a subscription that its receiver has use for is held back.
public enum HoldReason {
  /// Not even the smallest layer has room on the way to the receiver.
  BANDWIDTH,
  /// More cameras than a receiver gets that does not say which it shows: others spoke last.
  LAST_N,
  /// The loop has too much to do, and others come before it.
  OVERLOAD
}
