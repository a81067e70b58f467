package dev.parley.socket;

import dev.parley.signal.CloseReason;
import dev.parley.signal.Limits;
import dev.parley.signal.Line;
import dev.parley.signal.Notice;
import java.util.ArrayDeque;
import java.util.List;

/// The way out of one socket: a bounded queue in order, one send outstanding at a time. Any thread
/// may use it; notices are spelled when their turn comes, by whoever drives the queue then.
public final class SocketLine implements Line, Outlet.Done {
  private static final long LINGER_MILLIS = 5_000;

  /// A queued notice, or a frame that is spelled already; one with neither is a ping.
  private record Queued(Notice notice, Frame frame, long seq, int weight) {}

  /// Where the outstanding send is.
  private enum Send {
    NONE,
    /// Some thread is in [#pump] or in the outlet.
    RUNNING,
    /// The outlet was done before it returned.
    DONE,
    /// The outlet returned and is not done.
    OUTSTANDING
  }

  private final Outlet outlet;
  private final Spelling spelling;
  private final int mostNotices;
  private final int mostBytes;
  private final int longest;
  private final ArrayDeque<Queued> queue = new ArrayDeque<>(4);
  private Send state = Send.NONE;
  private int weight;
  private int current;
  private CloseReason closing;
  private boolean closed;

  public SocketLine(Outlet outlet, Spelling spelling, Limits limits) {
    this.outlet = outlet;
    this.spelling = spelling;
    this.mostNotices = limits.queuedNotices();
    this.mostBytes = limits.queuedBytes();
    this.longest = limits.maxDescriptionBytes();
  }

  @Override
  public synchronized boolean send(Notice notice, long seq) {
    return queue(new Queued(notice, null, seq, notice.weight()));
  }

  /// Sends a frame that no notice asked for, behind those that wait.
  public void say(Frame frame, int size) {
    synchronized (this) {
      if (!queue(new Queued(null, frame, 0, size))) {
        return;
      }
    }
    flush();
  }

  private boolean queue(Queued one) {
    if (closing != null || closed) {
      return true;
    }
    int more = one.weight();
    // One that is larger than the whole bound still goes to a reader who keeps up.
    if (queue.size() >= mostNotices || weight > 0 && weight + more > mostBytes) {
      return false;
    }
    queue.addLast(one);
    weight += more;
    return true;
  }

  @Override
  public synchronized void probe() {
    if (closing == null && !closed) {
      queue.addLast(new Queued(null, null, 0, 0));
    }
  }

  @Override
  public synchronized void close(CloseReason reason) {
    if (closing == null) {
      closing = reason;
      if (reason == CloseReason.SLOW) {
        queue.clear();
      }
    }
  }

  @Override
  public void flush() {
    boolean linger;
    synchronized (this) {
      if (closed) {
        return;
      }
      if (state == Send.NONE) {
        state = Send.RUNNING;
        linger = false;
      } else if (closing == null) {
        return;
      } else {
        linger = true;
      }
    }
    if (!linger) {
      pump();
    } else if (slow()) {
      end();
    } else {
      outlet.later(this::end, LINGER_MILLIS);
    }
  }

  @Override
  public void sent(boolean ok) {
    synchronized (this) {
      weight -= current;
      current = 0;
      if (!ok) {
        queue.clear();
        closing = closing == null ? CloseReason.FAILED : closing;
      }
      if (state == Send.RUNNING) {
        state = Send.DONE;
        return;
      }
      if (state != Send.OUTSTANDING) {
        return;
      }
      state = Send.RUNNING;
    }
    pump();
  }

  /// The socket is gone: nothing is sent any more.
  public synchronized void gone() {
    closed = true;
    queue.clear();
  }

  private synchronized boolean slow() {
    return closing == CloseReason.SLOW;
  }

  /// Drives the queue; only the thread that set [Send#RUNNING] is here.
  private void pump() {
    while (true) {
      Queued next;
      synchronized (this) {
        next = queue.pollFirst();
        if (next == null) {
          state = Send.NONE;
          if (closing == null) {
            return;
          }
        } else {
          current = next.weight();
        }
      }
      if (next == null) {
        end();
        return;
      }
      if (!put(next)) {
        return;
      }
    }
  }

  /// Sends one.
  ///
  /// @return whether the next one may follow
  private boolean put(Queued next) {
    Frame frame = next.frame() == null ? first(next) : next.frame();
    if (frame == null) {
      if (next.notice() == null) {
        outlet.ping();
      }
      synchronized (this) {
        weight -= current;
        current = 0;
      }
      return true;
    }
    // Before the client knows that it is in, since a long message may follow at once.
    if (next.notice() instanceof Notice.Joined
        || next.notice() instanceof Notice.Resumed
        || next.notice() instanceof Notice.Returned) {
      outlet.takes(longest);
    }
    outlet.send(frame, this);
    synchronized (this) {
      if (state == Send.DONE) {
        state = Send.RUNNING;
        return true;
      }
      state = Send.OUTSTANDING;
      return false;
    }
  }

  /// Spells a notice; what comes after its first frame goes before all else that waits.
  ///
  /// @return its first frame, or null where it has none
  private Frame first(Queued next) {
    var frames =
        next.notice() == null ? List.<Frame>of() : spelling.spell(next.notice(), next.seq());
    if (frames.size() > 1) {
      synchronized (this) {
        for (int i = frames.size() - 1; i > 0 && !closed; i--) {
          queue.addFirst(new Queued(null, frames.get(i), 0, 0));
        }
      }
    }
    return frames.isEmpty() ? null : frames.getFirst();
  }

  private void end() {
    CloseReason reason;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      queue.clear();
      reason = closing;
    }
    outlet.close(reason);
  }
}
