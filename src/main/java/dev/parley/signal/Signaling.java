package dev.parley.signal;

import dev.parley.media.SfuEvent;
import dev.parley.room.RoomView;
import dev.parley.room.Rooms;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// Signaling at work: doors open lines and hand in requests, REST and metrics look in. Any thread
/// may call; a call may wait for the database where a request needs it (join, lock, configure).
@ApplicationScoped
public class Signaling {
  private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Limits limits;
  private final LongSupplier clock;
  private final Executor threads;
  private final Meetings meetings;
  private final Reception reception;
  private final Ticker ticker;
  private volatile boolean waited;

  /// For the container's proxy only.
  protected Signaling() {
    limits = null;
    threads = null;
    clock = null;
    meetings = null;
    reception = null;
    ticker = null;
  }

  @Inject
  public Signaling(
      Rooms rooms, Limits limits, IceServers iceServers, MediaPort port, Chronicle chronicle) {
    this(rooms, limits, iceServers, port, new SteadyClock(), Ids.secure(), VIRTUAL, chronicle);
  }

  /// @param clock milliseconds since 1970 that never go back
  /// @param threads where facts of the media half are taken, so that no event loop waits here
  public Signaling(
      Rooms rooms,
      Limits limits,
      IceServers iceServers,
      MediaPort port,
      LongSupplier clock,
      Ids ids,
      Executor threads) {
    this(rooms, limits, iceServers, port, clock, ids, threads, Chronicle.NONE);
  }

  /// @param chronicle where facts are written before anybody is told of them
  public Signaling(
      Rooms rooms,
      Limits limits,
      IceServers iceServers,
      MediaPort port,
      LongSupplier clock,
      Ids ids,
      Executor threads,
      Chronicle chronicle) {
    this.limits = limits;
    this.clock = clock;
    this.threads = threads;
    this.meetings = new Meetings(rooms, limits, iceServers, port, clock, ids, threads, chronicle);
    this.reception = new Reception(rooms, meetings);
    this.ticker = new Ticker(reception, meetings);
  }

  /// Starts the one thread that watches deadlines.
  @PostConstruct
  public void start() {
    ticker.start();
  }

  /// Closes every line with [CloseReason#CLOSED] and ends the thread. Comes back when all have been
  /// told, by whichever thread was at work on a line then, since its classes go away right after;
  /// who does not read is not waited for longer than two seconds, and not again when the container
  /// stops what the application has stopped already.
  @PreDestroy
  public void stop() {
    ticker.stop();
    reception.closeAll();
    meetings.closeAll();
    if (!waited) {
      waited = true;
      reception.awaitLast(FAREWELL);
    }
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

  /// How many octets the next message of a socket may have at most: a description more, once it has
  /// joined.
  public int most(Attachment at) {
    var session = at.session();
    boolean in = session != null && session.joined() && !session.classic();
    return in ? limits.maxDescriptionBytes() : limits.maxMessageBytes();
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

  /// The media half tells something; returns at once, and facts of a room are taken in order.
  public void told(SfuEvent event) {
    meetings.told(event);
  }

  /// Lets a participant without a socket into a room, under the rules for everyone; its peer is
  /// opened at once. May wait for the database.
  ///
  /// @param token an access token, or null
  /// @param name what a guest wishes to be called, or null
  /// @param kind ENCODER may publish only, VIEWER watch only, PERSON both, as far as the token goes
  /// @param listener told what comes of it, on threads of no event loop
  /// @throws EntryRefused where it may not come in: the codes of a join
  public Agent enter(
      String room, String token, String name, ParticipantKind kind, AgentListener listener)
      throws EntryRefused {
    var agent = new Agent(meetings, kind, listener, threads);
    reception.admit(agent, room, token, name);
    return agent;
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

  /// What the server itself, or whoever it obeys, may do in rooms.
  public Steward steward() {
    return new Steward(meetings);
  }

  /// Removes someone from a room.
  ///
  /// @param who participant id or identity
  /// @param message a few words for the one who is removed, or null
  /// @return whether there was such a one
  public boolean remove(String room, String who, String message) {
    try {
      steward().remove(room, who, message);
      return true;
    } catch (StewardRefused e) {
      return false;
    }
  }

  /// Says something to the applications of those in a room; nothing where there is nobody.
  ///
  /// @param to ids or identities, or null for all
  public void say(String room, List<String> to, DataContent content) {
    meetings.say(room, to, content);
  }

  public Traffic traffic() {
    return meetings.traffic(reception.sockets());
  }

  /// Looks after everything whose time has come, as the ticker does; for tests.
  void tick() {
    ticker.look();
  }
}
