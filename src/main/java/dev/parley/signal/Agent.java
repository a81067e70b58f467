package dev.parley.signal;

import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SourceView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/// A participant without a socket that a door speaks for, with one PeerConnection to the server: a
/// WHIP encoder (RFC 9725) or a WHEP viewer. While it is in, its room's media goes through the
/// server. It ends with its peer. Any thread may use it.
public final class Agent {
  private final Meetings meetings;
  private final ParticipantKind kind;
  private final AgentListener listener;
  private final Serial told;
  private final AtomicLong numbers = new AtomicLong(PeerEnd.OFFERS);
  private final ConcurrentHashMap<Long, CompletableFuture<SfuEvent>> waiting =
      new ConcurrentHashMap<>();
  private volatile Session session;
  private volatile String peer;
  private volatile SfuEvent end;
  private final CompletableFuture<ErrorCode> entered = new CompletableFuture<>();

  Agent(Meetings meetings, ParticipantKind kind, AgentListener listener, Executor threads) {
    this.meetings = meetings;
    this.kind = kind;
    this.listener = listener;
    this.told = new Serial(threads);
  }

  ParticipantKind kind() {
    return kind;
  }

  void enters(Session as, String end) {
    session = as;
    peer = end;
    entered.complete(null);
  }

  void refused(ErrorCode code) {
    entered.complete(code);
  }

  /// Waits until it is in, or is told why not.
  void await() throws EntryRefused {
    ErrorCode code;
    try {
      code = entered.orTimeout(2 * Minutes.PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
    } catch (CompletionException late) {
      code = ErrorCode.INTERNAL;
    }
    if (code != null) {
      throw new EntryRefused(code, "the server failed");
    }
  }

  /// The participant's id.
  public String id() {
    return session.id();
  }

  /// The name of its room.
  public String room() {
    return session.meeting().room().name();
  }

  /// Its peer's id at the media half, good as the name of the resource (144 random bits).
  public String peer() {
    return peer;
  }

  /// Offers the client's description.
  ///
  /// @return completed with [SfuEvent.Described], with [SfuEvent.DescriptionRefused], or with
  ///   [SfuEvent.PeerChanged] where the peer is closed before; without a time limit, see
  ///   [CompletableFuture#orTimeout]
  public CompletableFuture<SfuEvent> offer(String sdp, List<SourceView> sources) {
    return ask(n -> new SfuCommand.Describe(room(), peer, n, SdpType.OFFER, sdp, sources));
  }

  /// Hands over the client's answer to an offer of the server (told to the listener).
  ///
  /// @param number of that offer
  public void answer(long number, String sdp) {
    order(new SfuCommand.Describe(room(), peer, number, SdpType.ANSWER, sdp, List.of()));
  }

  /// Restarts ICE (RFC 9725, section 4.3.3).
  ///
  /// @param ufrag null where only new credentials of the server are wanted
  /// @return completed as that of [#offer], the success being [SfuEvent.IceRestarted]
  public CompletableFuture<SfuEvent> restartIce(String ufrag, String password) {
    return ask(n -> new SfuCommand.RestartIce(room(), peer, n, ufrag, password));
  }

  /// Takes it out of the room; does nothing the second time.
  public void leave() {
    meetings.leave(session);
  }

  /// What its peer was told, on whatever thread that came.
  void report(SfuEvent event) {
    told.execute(
        () -> {
          switch (event) {
            case SfuEvent.Described is -> complete(is.number(), is);
            case SfuEvent.IceRestarted is -> complete(is.number(), is);
            case SfuEvent.DescriptionRefused no when no.number() == 0 -> completeAll(no);
            case SfuEvent.DescriptionRefused no -> complete(no.number(), no);
            default -> {}
          }
          listener.told(event);
        });
  }

  void ended(Departure why) {
    told.execute(
        () -> {
          end = new SfuEvent.PeerChanged(room(), peer, PeerState.CLOSED, "left");
          completeAll(end);
          listener.ended(why);
        });
  }

  private CompletableFuture<SfuEvent> ask(LongFunction<SfuCommand> command) {
    long number = numbers.incrementAndGet();
    var answer = new CompletableFuture<SfuEvent>();
    waiting.put(number, answer);
    answer.whenComplete((event, timeout) -> waiting.remove(number));
    order(command.apply(number));
    if (end != null) {
      complete(number, end);
    }
    return answer;
  }

  private void order(SfuCommand command) {
    meetings.order(session, command);
  }

  private void complete(long number, SfuEvent event) {
    var answer = waiting.remove(number);
    if (answer != null) {
      answer.complete(event);
    }
  }

  private void completeAll(SfuEvent event) {
    waiting.keySet().forEach(number -> complete(number, event));
  }
}
