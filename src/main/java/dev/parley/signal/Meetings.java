package dev.parley.signal;

import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.room.Admission;
import dev.parley.room.RoomRefused;
import dev.parley.room.RoomView;
import dev.parley.room.Rooms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// All live meetings, one lock each: an input and the queueing of its effects are one turn under
/// the meeting's monitor, so every participant sees one order; what may block is done after it.
final class Meetings {
  private static final Logger LOG = System.getLogger(Meetings.class.getName());
  private static final int STRIPES = 1_024;

  private final Rooms rooms;
  private final Limits limits;
  private final IceServers iceServers;
  private final MediaPort port;
  private final LongSupplier clock;
  private final Ids ids;
  private final Executor threads;
  private final Chronicle chronicle;
  private final ConcurrentHashMap<String, Meeting> live = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Session> bySecret = new ConcurrentHashMap<>();
  // How often rooms have ended, by hash of the name: tells an admission that it may be stale.
  private final AtomicLongArray endings = new AtomicLongArray(STRIPES);
  private final LongAdder relayed = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /// @param threads where the facts of the media half are taken
  Meetings(
      Rooms rooms,
      Limits limits,
      IceServers iceServers,
      MediaPort port,
      LongSupplier clock,
      Ids ids,
      Executor threads,
      Chronicle chronicle) {
    this.rooms = rooms;
    this.limits = limits;
    this.iceServers = iceServers;
    this.port = port;
    this.threads = threads;
    this.clock = clock;
    this.ids = ids;
    this.chronicle = chronicle;
  }

  long now() {
    return clock.getAsLong();
  }

  long endings(String room) {
    return endings.get(stripe(room));
  }

  /// The session with this secret in this room, or null.
  Session session(String secret, String room) {
    var session = bySecret.get(secret);
    return session != null && session.meeting().room().name().equals(room) ? session : null;
  }

  /// Who has this id in this room, or null.
  Session participant(String room, String id) {
    var meeting = live.get(room);
    if (meeting == null) {
      return null;
    }
    synchronized (meeting) {
      return meeting.session(id);
    }
  }

  /// Lets an admitted newcomer in.
  ///
  /// @param entry what the newcomer does there, not done where it returns false
  /// @param endingsBefore what [#endings] said before the rooms were asked
  /// @return false where the room may have ended since then: ask again
  boolean enter(Admission admission, long endingsBefore, Consumer<Meeting> entry) {
    String name = admission.room().name();
    while (true) {
      var meeting = live.get(name);
      if (meeting == null) {
        if (endings(name) != endingsBefore) {
          return false;
        }
        var fresh = meeting(admission.room());
        var raced = live.putIfAbsent(name, fresh);
        meeting = raced == null ? fresh : raced;
      }
      var entered = new boolean[1];
      run(
          meeting,
          m -> {
            if (!m.over()) {
              entry.accept(m);
              entered[0] = true;
            }
          });
      if (entered[0]) {
        return true;
      }
      live.remove(name, meeting);
    }
  }

  /// Takes an agent out.
  void leave(Session agent) {
    run(agent.meeting(), m -> m.depart(agent, Departure.LEFT, CloseReason.LEFT, null, now()));
  }

  void order(Session by, SfuCommand command) {
    run(by.meeting(), m -> m.order(by, command));
  }

  /// The media half tells something; taken soon, in the order of each room, on another thread.
  void told(SfuEvent event) {
    var meeting = live.get(event.room());
    if (meeting != null) {
      meeting.events().execute(() -> run(meeting, m -> m.told(event, now())));
    }
  }

  private Meeting meeting(RoomView room) {
    var serial = new Serial(threads);
    return new Meeting(room, limits, iceServers, port, ids, serial, chronicle.kept());
  }

  /// One turn of a meeting.
  void run(Meeting meeting, Consumer<Meeting> input) {
    var next = input;
    while (next != null) {
      var effects = new ArrayList<Effect>(4);
      boolean over;
      synchronized (meeting) {
        next.accept(meeting);
        // A line that is full makes effects of its own.
        for (var some = meeting.drain(); !some.isEmpty(); some = meeting.drain()) {
          effects.addAll(some);
          queue(meeting, some);
        }
        over = meeting.over();
      }
      if (over) {
        live.remove(meeting.room().name(), meeting);
      }
      next = perform(meeting, effects);
    }
  }

  List<ParticipantView> present(String room) {
    var meeting = live.get(room);
    if (meeting == null) {
      return List.of();
    }
    synchronized (meeting) {
      return meeting.present();
    }
  }

  /// Starts the empty timeout of a room that nobody is in; one without a timeout needs no watching.
  void expect(RoomView room) {
    if (room.emptyTimeout().isPositive()) {
      var fresh = meeting(room);
      if (live.putIfAbsent(room.name(), fresh) == null) {
        run(fresh, m -> m.restIfEmpty(now()));
      }
    }
  }

  void closeRoom(String room) {
    endings.incrementAndGet(stripe(room));
    var meeting = live.get(room);
    if (meeting != null) {
      run(meeting, m -> m.close(Departure.CLOSED, now()));
    }
  }

  void closeAll() {
    for (var meeting : live.values()) {
      run(meeting, m -> m.close(Departure.STOPPED, now()));
    }
  }

  void changed(RoomView room) {
    var meeting = live.get(room.name());
    if (meeting == null) {
      // Nobody is there, and from now on it may have to wait for somebody.
      expect(room);
    } else {
      run(meeting, m -> m.changed(room, now()));
    }
  }

  void say(String room, List<String> to, DataContent content) {
    var meeting = live.get(room);
    if (meeting != null) {
      run(meeting, m -> m.say(to, content));
    }
  }

  /// The meeting in a room, or null.
  Meeting live(String room) {
    return live.get(room);
  }

  /// Ticks the meetings that asked for it; the others cost one read.
  void tick(long now) {
    for (var meeting : live.values()) {
      if (meeting.deadline() <= now) {
        run(meeting, m -> m.tick(now));
      }
    }
  }

  Traffic traffic(long sockets) {
    long participants = 0;
    for (var meeting : live.values()) {
      participants += meeting.population();
    }
    return new Traffic(sockets, live.size(), participants, relayed.sum(), refused.sum());
  }

  /// Queues a notice on its line.
  ///
  /// @return whether the line took it
  boolean send(Effect.Send send) {
    if (send.notice() instanceof Notice.Relayed) {
      relayed.increment();
    } else if (send.notice() instanceof Notice.Error) {
      refused.increment();
    }
    return send.to().line().send(send.notice(), send.seq());
  }

  private void queue(Meeting meeting, List<Effect> effects) {
    for (var effect : effects) {
      switch (effect) {
        case Effect.Send send -> {
          if (!send(send)) {
            meeting.lose(send.to(), CloseReason.SLOW, now());
          }
        }
        case Effect.Close close -> close.at().line().close(close.reason());
        case Effect.Probe probe -> probe.at().line().probe();
        case Effect.Write write -> chronicle.write(write.fact(), written(meeting, write.waiting()));
        case Effect.Order order -> port.order(order.command());
        case Effect.Report report -> report.to().report(report.event());
        case Effect.Ended ended -> ended.agent().ended(ended.why());
        case Effect.Opened opened -> bySecret.put(opened.session().secret(), opened.session());
        case Effect.Gone gone -> bySecret.remove(gone.session().secret(), gone.session());
        default -> {}
      }
    }
  }

  private Runnable written(Meeting meeting, Minutes.Entry waiting) {
    return waiting == null
        ? () -> {}
        : () -> meeting.events().execute(() -> run(meeting, m -> m.written(waiting, now())));
  }

  private Consumer<Meeting> perform(Meeting meeting, List<Effect> effects) {
    Consumer<Meeting> answer = null;
    var lines = new ArrayList<Line>(effects.size());
    for (var effect : effects) {
      switch (effect) {
        case Effect.Send send -> lines.add(send.to().line());
        case Effect.Close close -> lines.add(close.at().line());
        case Effect.Probe probe -> lines.add(probe.at().line());
        case Effect.SaveRoom save -> answer = save(meeting, save);
        case Effect.RoomEmpty empty -> delete(meeting);
        default -> {}
      }
    }
    lines.forEach(Line::flush);
    return answer;
  }

  private Consumer<Meeting> save(Meeting meeting, Effect.SaveRoom save) {
    try {
      var changed = rooms.change(meeting.room().name(), save.change());
      return m -> m.saved(save, changed, now());
    } catch (RoomRefused e) {
      return m -> m.notSaved(save, ErrorCode.of(e.reason()), e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A room's settings could not be saved", e);
      return m -> m.notSaved(save, ErrorCode.INTERNAL, "the server failed");
    }
  }

  private void delete(Meeting meeting) {
    String name = meeting.room().name();
    endings.incrementAndGet(stripe(name));
    try {
      rooms.delete(name);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An empty room could not be deleted", e);
    }
    endings.incrementAndGet(stripe(name));
    // Whoever was admitted before the deletion and entered after it sits in a room that is no more.
    var ghost = live.get(name);
    if (ghost != null && ghost.room().id().equals(meeting.room().id())) {
      run(ghost, m -> m.close(Departure.CLOSED, now()));
    }
  }

  private static int stripe(String room) {
    return Math.floorMod(room.hashCode(), STRIPES);
  }
}
