package dev.parley.door.whip;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.parley.door.whip.Answer.Header;
import dev.parley.identity.Tokens;
import dev.parley.signal.IceServers;
import dev.parley.signal.Signaling;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// WHIP and WHEP, from request to answer. Any thread may ask; a call may wait for the database.
@ApplicationScoped
public class WhipDoor {
  /// Browsers give up on a page's patience long before; a loop that needs so long is lost.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Logger LOG = System.getLogger(WhipDoor.class.getName());

  private final LiveSessions sessions = new LiveSessions();
  private final Endpoint endpoint;
  private final SessionResource resource;

  /// For the container's proxy only.
  protected WhipDoor() {
    endpoint = null;
    resource = null;
  }

  @Inject
  public WhipDoor(Signaling signaling, Tokens tokens, IceServers iceServers) {
    this(signaling, tokens::join, iceServers, PATIENCE);
  }

  WhipDoor(Signaling signaling, Endpoint.Counter tokens, IceServers iceServers, Duration patience) {
    endpoint = new Endpoint(signaling, tokens, iceServers, sessions, patience);
    resource = new SessionResource(sessions, patience);
  }

  /// Never completes exceptionally, and at the latest when the media half has had its time.
  CompletionStage<Answer> answer(Ask ask) {
    CompletionStage<Answer> answer;
    try {
      answer = routed(ask);
    } catch (Refusal refused) {
      answer = completedFuture(refused.answer());
    } catch (RuntimeException e) {
      answer = completedFuture(failed(e));
    }
    return answer.exceptionally(WhipDoor::failed).thenApply(WhipDoor::finished);
  }

  /// An answer could not be handed to the client: nobody knows of the session it made.
  void undelivered(Answer answer) {
    String location = answer.status() == Answer.CREATED ? answer.header("Location") : null;
    if (location != null) {
      var session = sessions.find(location.substring(location.lastIndexOf('/') + 1));
      if (session != null) {
        session.end();
      }
    }
  }

  int sessions() {
    return sessions.size();
  }

  private CompletionStage<Answer> routed(Ask ask) throws Refusal {
    if (ask.room() == null) {
      throw new Refusal(404, "room-not-found", "the path names no room");
    }
    return ask.session() == null ? endpoint.answer(ask) : resource.answer(ask);
  }

  private static Answer failed(Throwable cause) {
    LOG.log(Level.ERROR, "a request of WHIP or WHEP failed", cause);
    return new Refusal(500, "internal", "something went wrong; the log of the server says what")
        .answer();
  }

  private static Answer finished(Answer answer) {
    return answer.with(Cors.ALWAYS).with(new Header("Cache-Control", "no-store"));
  }
}
