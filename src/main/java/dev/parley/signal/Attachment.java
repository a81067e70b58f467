package dev.parley.signal;

import java.util.List;

/// One socket at the server: NEW → ADMITTING → ATTACHED to a [Session] → CLOSED. Doors hold it and
/// hand it back with everything that happens on the socket.
///
/// Confined to its own monitor until it is attached, then to its meeting's.
public final class Attachment {
  static final String TOO_BIG = "only a description for the server's end may be so long";

  enum State {
    NEW,
    ADMITTING,
    ATTACHED,
    CLOSED
  }

  private final Knock knock;
  private final Line line;
  private final TokenBucket bucket;
  private final long joinBy;
  private volatile long heard;
  private volatile Session session;
  private State state = State.NEW;

  /// What a socket said when it was opened.
  ///
  /// @param room the name in its path
  /// @param host the name the client used for this server, without port, or null
  /// @param token an access token of the handshake, or null
  /// @param classic whether it speaks the classic exchange: a room of two, nothing to resume
  /// @param anew whether one who comes back on another socket is told everything anew instead of
  ///   what it missed
  /// @param data how data messages are spelled on the client's data channels; null where it is told
  ///   none
  public record Knock(
      String room, String host, String token, boolean classic, boolean anew, DataForm data) {
    /// One who is told what it missed, but no data messages.
    public Knock(String room, String host, String token, boolean classic) {
      this(room, host, token, classic, false, null);
    }

    /// One who is told no data messages.
    public Knock(String room, String host, String token, boolean classic, boolean anew) {
      this(room, host, token, classic, anew, null);
    }

    /// Leaves out the token, which must not reach a log.
    @Override
    public String toString() {
      return "Knock[" + room + (classic ? ", classic]" : "]");
    }
  }

  Attachment(Knock knock, Line line, Limits limits, long now) {
    this.knock = knock;
    this.line = line;
    this.bucket = new TokenBucket(limits.messagesPerSecond(), limits.burst(), now);
    this.joinBy = now + limits.join().toMillis();
    this.heard = now;
  }

  Knock knock() {
    return knock;
  }

  Line line() {
    return line;
  }

  /// The session it is attached to, or null; readable from any thread.
  Session session() {
    return session;
  }

  State state() {
    return state;
  }

  long heard() {
    return heard;
  }

  void heardAt(long now) {
    heard = now;
  }

  TokenBucket.Verdict take(Request request, long now) {
    heard = now;
    return bucket.take(request.messages(), now);
  }

  /// A message before there is a session: everything but a join, a resume and a ping is refused.
  synchronized List<Effect> receive(Request request, long now) {
    var verdict = take(request, now);
    if (state == State.CLOSED) {
      return List.of();
    }
    if (verdict != TokenBucket.Verdict.PASS) {
      return refuse(request.ref(), ErrorCode.RATE_LIMITED, "too many messages");
    }
    return switch (request) {
      case Request.Ping ping -> List.of(new Effect.Send(this, new Notice.Pong(ping.ref()), 0));
      case Request.TooBig big -> refuse(big.ref(), ErrorCode.MESSAGE_TOO_BIG, TOO_BIG);
      case Request.Unreadable bad -> refuse(bad.ref(), ErrorCode.BAD_REQUEST, bad.message());
      case Request.Join join when state == State.NEW -> {
        state = State.ADMITTING;
        yield List.of(new Effect.Admit(this, join));
      }
      case Request.Resume resume when state == State.NEW && !knock.classic() -> {
        state = State.ADMITTING;
        yield List.of(new Effect.Resume(this, resume));
      }
      case Request.Return again when state == State.NEW && knock.anew() -> {
        state = State.ADMITTING;
        yield List.of(new Effect.Return(this, again));
      }
      case Request other when state == State.ADMITTING ->
          List.of(error(other.ref(), ErrorCode.NOT_JOINED, "not joined yet"));
      case Request other -> refuse(other.ref(), ErrorCode.NOT_JOINED, "join first");
    };
  }

  /// The end of one that was refused before it joined.
  synchronized List<Effect> refuse(String ref, ErrorCode code, String message) {
    if (state == State.CLOSED) {
      return List.of();
    }
    state = State.CLOSED;
    return List.of(error(ref, code, message), new Effect.Close(this, code.close()));
  }

  synchronized List<Effect> tick(long now) {
    return state == State.NEW && now >= joinBy
        ? refuse(null, ErrorCode.BAD_REQUEST, "no join in time")
        : List.of();
  }

  /// Joins it to a session.
  ///
  /// @return false where the socket was closed in the meantime
  synchronized boolean attach(Session to) {
    if (state != State.ADMITTING) {
      return false;
    }
    state = State.ATTACHED;
    session = to;
    return true;
  }

  synchronized void closed() {
    state = State.CLOSED;
  }

  Effect error(String ref, ErrorCode code, String message) {
    return new Effect.Send(this, new Notice.Error(ref, code, message), 0);
  }
}
