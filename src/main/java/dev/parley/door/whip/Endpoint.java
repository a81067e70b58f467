package dev.parley.door.whip;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.parley.door.whip.Answer.Header;
import dev.parley.identity.Grant;
import dev.parley.identity.TokenRefused;
import dev.parley.media.SdpType;
import dev.parley.media.SfuEvent;
import dev.parley.signal.Agent;
import dev.parley.signal.EntryRefused;
import dev.parley.signal.ErrorCode;
import dev.parley.signal.IceServers;
import dev.parley.signal.Signaling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// `/whip/{room}` and `/whep/{room}`: makes sessions (RFC 9725, section 4.2).
final class Endpoint {
  static final String SDP = "application/sdp";
  static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  private static final String METHODS = "POST, OPTIONS, GET, HEAD";

  /// Takes an access token for a room.
  @FunctionalInterface
  interface Counter {
    Grant join(String token, String room) throws TokenRefused;
  }

  private final Signaling signaling;
  private final Counter tokens;
  private final IceServers iceServers;
  private final LiveSessions sessions;
  private final Duration patience;

  /// @param patience how long the media half may take to answer
  Endpoint(
      Signaling signaling,
      Counter tokens,
      IceServers iceServers,
      LiveSessions sessions,
      Duration patience) {
    this.signaling = signaling;
    this.tokens = tokens;
    this.iceServers = iceServers;
    this.sessions = sessions;
    this.patience = patience;
  }

  CompletionStage<Answer> answer(Ask ask) throws Refusal {
    return switch (ask.method()) {
      case "POST" -> open(ask);
      case "OPTIONS" -> completedFuture(options(ask));
      // RFC 9725, section 4.1: there is no representation, and that is no error.
      case "GET", "HEAD" -> completedFuture(Answer.empty(204));
      default -> throw Refusal.method(METHODS);
    };
  }

  /// CORS preflights carry no token; a client that asks for itself, with one, learns the ICE
  /// servers before it offers (RFC 9725, section 4.6).
  private Answer options(Ask ask) {
    var answer =
        Answer.empty(200, new Header("Allow", METHODS), new Header("Accept-Post", SDP))
            .with(Cors.preflight("POST, OPTIONS"));
    try {
      return answer.with(links(ask, grant(ask)));
    } catch (Refusal e) {
      return answer;
    }
  }

  private CompletionStage<Answer> open(Ask ask) throws Refusal {
    String sdp = ask.text(SDP, Ask.MOST);
    var grant = grant(ask);
    var links = links(ask, grant);
    var session = new LiveSession(ask.way(), sessions, SdpText.first(sdp, "ice-ufrag"));
    session.begins(enter(ask, session));
    return session
        .agent()
        .offer(sdp, List.of())
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (event, failure) -> {
              try {
                return created(ask, session, described(ask.way(), event, failure), links);
              } catch (Refusal refused) {
                session.end();
                return refused.answer();
              }
            });
  }

  private Grant grant(Ask ask) throws Refusal {
    String token = ask.token();
    if (token == null) {
      throw Refusal.of(ErrorCode.TOKEN_MISSING, ask.way(), "Authorization: Bearer is needed");
    }
    try {
      var grant = tokens.join(token, ask.room());
      ask.way().check(grant);
      return grant;
    } catch (TokenRefused e) {
      throw Refusal.of(e, ask.way());
    }
  }

  private Agent enter(Ask ask, LiveSession session) throws Refusal {
    try {
      return signaling.enter(ask.room(), ask.token(), null, ask.way().kind(), session);
    } catch (EntryRefused e) {
      throw Refusal.of(e.code(), ask.way(), e.getMessage());
    }
  }

  /// The server's answer.
  private static String described(Way way, SfuEvent event, Throwable failure) throws Refusal {
    if (failure instanceof TimeoutException) {
      throw Refusal.late();
    }
    return switch (event) {
      case SfuEvent.Described it when it.type() == SdpType.ANSWER -> watchable(way, it.sdp());
      case SfuEvent.DescriptionRefused no ->
          throw Refusal.of(ErrorCode.of(no.reason()), way, no.detail());
      case null, default -> throw Refusal.closed();
    };
  }

  /// A player cannot be offered anything later: where the server sends in no section of the answer,
  /// none was held, and none ever will be.
  private static String watchable(Way way, String sdp) throws Refusal {
    if (way == Way.WHEP && !SdpText.sends(sdp)) {
      throw Refusal.nothingToReceiveIn();
    }
    return sdp;
  }

  private static Answer created(Ask ask, LiveSession session, String sdp, List<Header> links) {
    return Answer.text(
            Answer.CREATED,
            SDP,
            sdp,
            // Relative, so it holds behind every proxy (RFC 9110, section 10.2.2).
            new Header("Location", ask.path() + "/" + session.id()),
            new Header("ETag", session.tag()),
            new Header("Accept-Patch", FRAGMENT))
        .with(links);
  }

  private List<Header> links(Ask ask, Grant grant) {
    var links = new ArrayList<Header>();
    for (var server : iceServers.forHost(ask.host(), grant.identity())) {
      links.addAll(IceLinks.of(server));
    }
    return links;
  }
}
