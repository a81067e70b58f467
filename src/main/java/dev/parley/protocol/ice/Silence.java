package dev.parley.protocol.ice;

/// How long the client has said nothing that is authentic. Confined to its agent.
final class Silence {
  /// A turn of the loop that comes so late was held up here: what the client said in the meantime
  /// is still to be read.
  private static final long STALL = 2_000_000_000L;

  private final long patience;
  private boolean listening;
  private boolean told;
  private boolean excused;
  private long ends;

  Silence(IceLimits limits) {
    this.patience = limits.quietAfter().toNanos();
  }

  /// Something authentic came; returns whether it broke a silence that was told.
  boolean heard(long now) {
    boolean broken = told;
    told = false;
    listening = true;
    excused = false;
    ends = now + patience;
    return broken;
  }

  /// Whether a silence is to be told now.
  boolean tick(long now) {
    if (!listening || now - ends < 0) {
      return false;
    }
    if (now - ends > STALL && !excused) {
      excused = true;
      ends = now + STALL;
      return false;
    }
    listening = false;
    told = true;
    return true;
  }

  long deadline() {
    return listening ? Deadlines.at(ends) : IceLite.NEVER;
  }
}
