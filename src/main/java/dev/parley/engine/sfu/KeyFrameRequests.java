package dev.parley.engine.sfu;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import java.time.Duration;

/// When to ask the publisher of one video RtpStream for a key frame (PLI, RFC 4585 section 6.3.1,
/// or FIR, RFC 5104 section 4.3.1): what many receivers ask for goes out as one request.
///
/// Confined to the loop of the room. A request goes out at once, unless a request or a key frame
/// was less than an interval ago: then at the end of that interval. A newcomer, who sees nothing
/// yet, waits for a shorter one. A request is repeated, each time later, until a key frame comes.
///
/// A receiver's request that comes right behind a key frame was sent before it saw it and is not
/// heeded; who still misses something asks again.
public final class KeyFrameRequests {
  private static final long INTERVAL = Duration.ofMillis(500).toNanos();
  private static final long NEWCOMERS = Duration.ofMillis(100).toNanos();
  private static final long CROSSING = Duration.ofMillis(100).toNanos();
  private static final long SHORTEST_REPEAT = Duration.ofMillis(300).toNanos();
  private static final long LONGEST_REPEAT = Duration.ofSeconds(5).toNanos();

  private boolean wanted;
  private long dueAt;
  private boolean sentOne;
  private long sentAt;
  private boolean keyFrameCame;
  private long keyFrameAt;
  private long firstRepeat = SHORTEST_REPEAT;
  private long repeat;
  private long asked;
  private long sent;

  /// A receiver asks by PLI or FIR, or loss has made one needed.
  public void ask(long now) {
    asked++;
    if (keyFrameCame && now - keyFrameAt < CROSSING) {
      return;
    }
    long at = keyFrameCame ? later(now, keyFrameAt + INTERVAL) : now;
    want(sentOne ? later(at, sentAt + INTERVAL) : at);
  }

  /// A subscription begins, or comes to this layer, and has no key frame to begin with. How long
  /// others have asked in vain does not count: the publisher may have been silent.
  public void askForNewcomer(long now) {
    asked++;
    repeat = 0;
    want(sentOne ? later(now, sentAt + NEWCOMERS) : now);
  }

  /// The first packet of a key frame has arrived: nobody has to ask any more.
  public void keyFrame(long now) {
    wanted = false;
    keyFrameCame = true;
    keyFrameAt = now;
  }

  /// The publisher's round trip time is this many nanoseconds: a request unanswered for twice that
  /// and the time an encoder takes is repeated.
  public void roundTrip(long nanoseconds) {
    firstRepeat = Math.clamp(2 * nanoseconds + SHORTEST_REPEAT / 2, SHORTEST_REPEAT, INTERVAL * 4);
  }

  /// Whether a request is to be sent now; taken as sent.
  public boolean due(long now) {
    if (!wanted || now - dueAt < 0) {
      return false;
    }
    sent++;
    sentOne = true;
    sentAt = now;
    repeat = repeat == 0 ? firstRepeat : Math.min(2 * repeat, LONGEST_REPEAT);
    dueAt = now + repeat;
    return true;
  }

  /// When [#due] wants to be asked next, or [Engine#NEVER].
  public long deadline() {
    return wanted ? Deadline.at(dueAt) : Engine.NEVER;
  }

  /// Requests of receivers so far.
  public long asked() {
    return asked;
  }

  /// Requests sent so far; its lowest 8 bits make the command sequence number of FIR.
  public long sent() {
    return sent;
  }

  private void want(long at) {
    if (!wanted) {
      repeat = 0;
    }
    if (!wanted || at - dueAt < 0) {
      dueAt = at;
    }
    wanted = true;
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }
}
