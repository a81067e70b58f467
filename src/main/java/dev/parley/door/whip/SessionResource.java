package dev.parley.door.whip;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.parley.door.whip.Answer.Header;
import dev.parley.door.whip.SdpText.Credentials;
import dev.parley.media.SfuEvent;
import dev.parley.signal.ErrorCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The URL of a session: trickles and restarts ICE, and ends the session (RFC 9725, sections 4.2
/// and 4.3).
final class SessionResource {
  private static final String METHODS = "PATCH, DELETE, OPTIONS, GET, HEAD";

  /// As much as the media half would read of a fragment.
  private static final int MOST = 64 * 1024;

  private final LiveSessions sessions;
  private final Duration patience;

  SessionResource(LiveSessions sessions, Duration patience) {
    this.sessions = sessions;
    this.patience = patience;
  }

  CompletionStage<Answer> answer(Ask ask) throws Refusal {
    return switch (ask.method()) {
      case "PATCH" -> patch(ask, sessions.find(ask));
      case "DELETE" -> {
        sessions.find(ask).end();
        yield completedFuture(Answer.empty(200));
      }
      case "OPTIONS" -> completedFuture(options());
      case "GET", "HEAD" -> {
        sessions.find(ask);
        yield completedFuture(Answer.empty(204));
      }
      default -> throw Refusal.method(METHODS);
    };
  }

  private static Answer options() {
    return Answer.empty(
            200, new Header("Allow", METHODS), new Header("Accept-Patch", Endpoint.FRAGMENT))
        .with(Cors.preflight("PATCH, DELETE, OPTIONS"));
  }

  private CompletionStage<Answer> patch(Ask ask, LiveSession session) throws Refusal {
    var credentials = SdpText.fragment(ask.text(Endpoint.FRAGMENT, MOST));
    match(ask.header("if-match"), session.tag());
    if (session.knows(credentials.ufrag())) {
      return completedFuture(Answer.empty(204));
    }
    if (credentials.password() == null) {
      throw SdpText.malformed("new credentials need ice-pwd too");
    }
    return restart(ask, session, credentials);
  }

  /// RFC 9725, section 4.3.1; RFC 6585, section 3; RFC 9110, section 13.1.1, by strong comparison.
  private static void match(String given, String tag) throws Refusal {
    if (given == null) {
      throw new Refusal(428, "if-match-needed", "If-Match has to name the ETag of the ICE session");
    }
    // The RFC's own examples put the asterisk in quotes.
    boolean matches =
        Arrays.stream(given.split(","))
            .map(String::strip)
            .anyMatch(one -> one.equals("*") || one.equals("\"*\"") || one.equals(tag));
    if (!matches) {
      throw new Refusal(412, "ice-session-replaced", "If-Match is not of this ICE session");
    }
  }

  /// Where it fails, all stays as it was (RFC 9725, section 4.3.3).
  private CompletionStage<Answer> restart(Ask ask, LiveSession session, Credentials client) {
    return session
        .agent()
        .restartIce(client.ufrag(), client.password())
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (event, failure) -> {
              try {
                String fragment = restarted(ask.way(), event, failure);
                String tag = session.restarted(client.ufrag());
                return Answer.text(200, Endpoint.FRAGMENT, fragment, new Header("ETag", tag));
              } catch (Refusal refused) {
                return refused.answer();
              }
            });
  }

  private static String restarted(Way way, SfuEvent event, Throwable failure) throws Refusal {
    if (failure instanceof TimeoutException) {
      throw Refusal.late();
    }
    return switch (event) {
      case SfuEvent.IceRestarted it -> it.fragment();
      case SfuEvent.DescriptionRefused no ->
          throw Refusal.of(ErrorCode.of(no.reason()), way, no.detail());
      case null, default -> throw Refusal.noSession();
    };
  }
}
