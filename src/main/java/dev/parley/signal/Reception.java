package dev.parley.signal;

import dev.parley.room.Admission;
import dev.parley.room.RoomRefused;
import dev.parley.room.Rooms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Sockets that have not joined yet: asks the rooms whether they may, outside of every lock.
final class Reception {
  private static final Logger LOG = System.getLogger(Reception.class.getName());
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Rooms rooms;
  private final Meetings meetings;
  private final Set<Attachment> strangers = ConcurrentHashMap.newKeySet();
  private final AtomicLong sockets = new AtomicLong();
  private volatile boolean stopped;

  Reception(Rooms rooms, Meetings meetings) {
    this.rooms = rooms;
    this.meetings = meetings;
  }

  long sockets() {
    return sockets.get();
  }

  Attachment open(Attachment.Knock knock, Line line, Limits limits, long now) {
    var at = new Attachment(knock, line, limits, now);
    sockets.incrementAndGet();
    strangers.add(at);
    if (stopped) {
      close(at, CloseReason.CLOSED);
    }
    return at;
  }

  void gone(Attachment at) {
    sockets.decrementAndGet();
    strangers.remove(at);
    if (at.session() == null) {
      at.closed();
    }
  }

  void close(Attachment at, CloseReason reason) {
    at.closed();
    perform(at, List.of(new Effect.Close(at, reason)));
  }

  void refuse(Attachment at, ErrorCode code, String message) {
    perform(at, at.refuse(null, code, message));
  }

  /// Ends every line that has not joined, and those that still come.
  void closeAll() {
    stopped = true;
    for (var at : strangers) {
      if (at.session() == null) {
        close(at, CloseReason.CLOSED);
      }
    }
  }

  /// Waits until the last socket is gone, but not for ever: one may never read what it was sent.
  void awaitLast(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    try {
      while (sockets.get() > 0 && System.nanoTime() - end < 0) {
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void receive(Attachment at, Request request, long now) {
    perform(at, at.receive(request, now));
  }

  void tick(long now) {
    for (var at : strangers) {
      perform(at, at.tick(now));
    }
  }

  private void perform(Attachment at, List<Effect> effects) {
    for (var effect : effects) {
      switch (effect) {
        case Effect.Send send -> meetings.send(send);
        case Effect.Close close -> {
          close.at().line().close(close.reason());
          strangers.remove(at);
        }
        case Effect.Admit admit -> admit(admit);
        case Effect.Resume resume -> resume(resume);
        case Effect.Return again -> giveBack(again);
        default -> throw new IllegalStateException("no effect of a newcomer: " + effect);
      }
    }
    if (!effects.isEmpty()) {
      at.line().flush();
    }
  }

  private void admit(Effect.Admit admit) {
    var at = admit.at();
    var join = admit.join();
    var knock = at.knock();
    // A token that came with the message wins over one of the handshake.
    String token = join.token() == null ? knock.token() : join.token();
    try {
      boolean in = false;
      while (!in) {
        long endings = meetings.endings(knock.room());
        Admission admission = rooms.admit(knock.room(), token, join.name());
        in = meetings.enter(admission, endings, m -> m.enter(at, join, admission, meetings.now()));
      }
      strangers.remove(at);
    } catch (RoomRefused refused) {
      perform(at, at.refuse(join.ref(), ErrorCode.of(refused.reason()), refused.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A join failed", e);
      perform(at, at.refuse(join.ref(), ErrorCode.INTERNAL, "the server failed"));
    }
  }

  /// Lets an agent in that a door speaks for; waits for the database.
  void admit(Agent agent, String room, String token, String name) throws EntryRefused {
    var refused = new EntryRefused[1];
    try {
      boolean in = false;
      while (!in) {
        long endings = meetings.endings(room);
        var admission = rooms.admit(room, token, name);
        in =
            meetings.enter(
                admission,
                endings,
                m -> {
                  try {
                    m.enter(agent, admission, meetings.now());
                  } catch (EntryRefused e) {
                    refused[0] = e;
                  }
                });
      }
    } catch (RoomRefused e) {
      throw new EntryRefused(ErrorCode.of(e.reason()), e.getMessage());
    }
    if (refused[0] != null) {
      throw refused[0];
    }
    agent.await();
  }

  /// The token is checked as at a join; who it names must be the one who is in the room.
  private void giveBack(Effect.Return again) {
    var at = again.at();
    var request = again.request();
    String room = at.knock().room();
    String token = request.token() == null ? at.knock().token() : request.token();
    var session = meetings.participant(room, request.participant());
    if (session == null) {
      perform(at, at.refuse(request.ref(), ErrorCode.RESUME_FAILED, "join anew"));
      return;
    }
    try {
      var admission = rooms.admit(room, token, null);
      meetings.run(
          session.meeting(),
          m ->
              m.comeback().giveBack(session, at, request.ref(), admission.grant(), meetings.now()));
      strangers.remove(at);
    } catch (RoomRefused refused) {
      perform(at, at.refuse(request.ref(), ErrorCode.of(refused.reason()), refused.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A return failed", e);
      perform(at, at.refuse(request.ref(), ErrorCode.INTERNAL, "the server failed"));
    }
  }

  private void resume(Effect.Resume resume) {
    var at = resume.at();
    var request = resume.request();
    var session = meetings.session(request.session(), at.knock().room());
    if (session == null) {
      perform(at, at.refuse(request.ref(), ErrorCode.RESUME_FAILED, "join anew"));
      return;
    }
    meetings.run(session.meeting(), m -> m.comeback().resume(session, at, request, meetings.now()));
    strangers.remove(at);
  }
}
