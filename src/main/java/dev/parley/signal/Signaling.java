package dev.parley.signal;

import dev.parley.room.RoomView;
import dev.parley.room.Rooms;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.LongSupplier;

/// Signaling at work: doors open lines and hand in requests, REST and metrics look in. Any thread
/// may call; a call may wait for the database where a request needs it (join, lock, configure).
@ApplicationScoped
public class Signaling {
  private final Limits limits;
  private final LongSupplier clock;
  private final Meetings meetings;
  private final Reception reception;
  private final Ticker ticker;

  /// For the container's proxy only.
  protected Signaling() {
    limits = null;
    clock = null;
    meetings = null;
    reception = null;
    ticker = null;
  }

  @Inject
  public Signaling(Rooms rooms, Limits limits, IceServers iceServers) {
    this(rooms, limits, iceServers, new SteadyClock(), Ids.secure());
  }

  /// @param clock milliseconds since 1970 that never go back
  public Signaling(Rooms rooms, Limits limits, IceServers iceServers, LongSupplier clock, Ids ids) {
    this.limits = limits;
    this.clock = clock;
    this.meetings = new Meetings(rooms, limits, iceServers, clock, ids);
    this.reception = new Reception(rooms, meetings);
    this.ticker = new Ticker(reception, meetings);
  }

  /// Starts the one thread that watches deadlines.
  @PostConstruct
  public void start() {
    ticker.start();
  }

  /// Closes every line with [CloseReason#CLOSED] and ends the thread.
  @PreDestroy
  public void stop() {
    ticker.stop();
    reception.closeAll();
    meetings.closeAll();
  }

  public Limits limits() {
    return limits;
  }

  /// A socket was opened.
  public Attachment open(Attachment.Knock knock, Line line) {
    return reception.open(knock, line, limits, clock.getAsLong());
  }

  /// A message came in on a socket.
  public void receive(Attachment at, Request request) {
    long now = clock.getAsLong();
    var session = at.session();
    if (session == null) {
      reception.receive(at, request, now);
    } else {
      meetings.run(session.meeting(), m -> m.receive(at, request, now));
    }
  }

  /// A socket gave a sign of life that is no message.
  public void heard(Attachment at) {
    at.heardAt(clock.getAsLong());
  }

  /// Refuses a socket that has not joined, for a reason only the door knows, such as its origin.
  public void refuse(Attachment at, ErrorCode code, String message) {
    reception.refuse(at, code, message);
  }

  /// Closes a line for the door's own reason, such as a message that is too big.
  public void lose(Attachment at, CloseReason reason) {
    var session = at.session();
    if (session == null) {
      reception.close(at, reason);
    } else {
      meetings.run(session.meeting(), m -> m.lose(at, reason, clock.getAsLong()));
    }
  }

  /// A socket is gone; said once for every one that was opened.
  public void detached(Attachment at) {
    reception.gone(at);
    var session = at.session();
    if (session != null) {
      meetings.run(session.meeting(), m -> m.detached(at, clock.getAsLong()));
    }
  }

  /// Who is in a room now, without the hidden ones.
  public List<ParticipantView> present(String room) {
    return meetings.present(room);
  }

  /// A room is there and nobody has come yet: from now its empty timeout runs. Said of every room
  /// at the start, so that a room whose last participant a crash took away is not kept for ever.
  public void expect(RoomView room) {
    meetings.expect(room);
  }

  /// Sends everyone out of a room; called after the room was deleted.
  public void closeRoom(String room) {
    meetings.closeRoom(room);
  }

  /// A room's settings were changed by someone else than a participant.
  public void roomChanged(RoomView room) {
    meetings.changed(room);
  }

  /// Removes someone from a room.
  ///
  /// @param who participant id or identity
  /// @param message a few words for the one who is removed, or null
  /// @return whether there was such a one
  public boolean remove(String room, String who, String message) {
    return meetings.remove(room, who, message);
  }

  public Traffic traffic() {
    return meetings.traffic(reception.sockets());
  }

  /// Looks after everything whose time has come, as the ticker does; for tests.
  void tick() {
    ticker.look();
  }
}
