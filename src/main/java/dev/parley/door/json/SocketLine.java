package dev.parley.door.json;

import dev.parley.signal.CloseReason;
import dev.parley.signal.Limits;
import dev.parley.signal.Line;
import dev.parley.signal.Notice;
import java.util.ArrayDeque;

/// The way out of one socket: a bounded queue in order, one send outstanding at a time. Any thread
/// may use it; notices are spelled when their turn comes, by whoever drives the queue then.
final class SocketLine implements Line, Outlet.Done {
  private static final long LINGER_MILLIS = 5_000;

  /// A queued notice; one without a notice is a ping.
  private record Queued(Notice notice, long seq, int weight) {}

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
  private final Dialect dialect;
  private final int mostNotices;
  private final int mostBytes;
  private final int longest;
  private final ArrayDeque<Queued> queue = new ArrayDeque<>(4);
  private Send state = Send.NONE;
  private int weight;
  private int current;
  private CloseReason closing;
  private boolean closed;

  SocketLine(Outlet outlet, Dialect dialect, Limits limits) {
    this.outlet = outlet;
    this.dialect = dialect;
    this.mostNotices = limits.queuedNotices();
    this.mostBytes = limits.queuedBytes();
    this.longest = limits.maxDescriptionBytes();
  }

  @Override
  public synchronized boolean send(Notice notice, long seq) {
    if (closing != null || closed) {
      return true;
    }
    int more = notice.weight();
    // One that is larger than the whole bound still goes to a reader who keeps up.
    if (queue.size() >= mostNotices || weight > 0 && weight + more > mostBytes) {
      return false;
    }
    queue.addLast(new Queued(notice, seq, more));
    weight += more;
    return true;
  }

  @Override
  public synchronized void probe() {
    if (closing == null && !closed) {
      queue.addLast(new Queued(null, 0, 0));
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
  synchronized void gone() {
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
    String text = next.notice() == null ? null : dialect.write(next.notice(), next.seq());
    if (text == null) {
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
    if (next.notice() instanceof Notice.Joined || next.notice() instanceof Notice.Resumed) {
      outlet.takes(longest);
    }
    outlet.send(text, this);
    synchronized (this) {
      if (state == Send.DONE) {
        state = Send.RUNNING;
        return true;
      }
      state = Send.OUTSTANDING;
      return false;
    }
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
