package dev.parley.media;

/// The counters of one event loop at one moment, read without stopping it.
///
/// @param loop the loop's number, from 0
/// @param counts one value for each [Counter], by ordinal
public record Snapshot(int loop, long[] counts) {
  public long of(Counter counter) {
    return counts[counter.ordinal()];
  }
}
