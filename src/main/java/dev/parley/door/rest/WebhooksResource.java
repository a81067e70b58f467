package dev.parley.door.rest;

import dev.parley.config.HookSettings;
import dev.parley.room.Backlog;
import dev.parley.room.Backlogs;
import dev.parley.room.DeadLetter;
import dev.parley.room.DeadLetters;
import dev.parley.room.Ledger;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Webhooks: what waits, and what was given up. For administrators.
@Path("/webhooks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "webhooks")
public class WebhooksResource {
  /// Nobody looks at more at once.
  private static final int MOST = 500;

  @Inject HookSettings settings;
  @Inject Ledger ledger;
  @Inject Backlogs backlogs;
  @Inject DeadLetters letters;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  /// Everything at a glance.
  ///
  /// @param unwritten events that are not in the database yet
  /// @param deadLetters the oldest of them
  public record WebhooksBody(int unwritten, List<UrlBody> urls, List<LetterBody> deadLetters) {}

  /// @param configured whether the settings still name it; nothing is sent to one that they do not
  public record UrlBody(
      String url,
      boolean configured,
      long pending,
      String oldest,
      long failingRooms,
      String failingSince,
      String cause,
      long dead) {
    static UrlBody of(Backlog backlog, boolean configured) {
      return new UrlBody(
          backlog.url(),
          configured,
          backlog.pending(),
          text(backlog.oldest()),
          backlog.failingRooms(),
          text(backlog.failingSince()),
          backlog.cause(),
          backlog.dead());
    }
  }

  /// A dead letter.
  ///
  /// @param event id of the event
  /// @param again whether it waits for one more try
  public record LetterBody(
      String id,
      String url,
      String room,
      String event,
      String kind,
      String at,
      String diedAt,
      int tries,
      String cause,
      boolean again) {
    static LetterBody of(DeadLetter letter) {
      return new LetterBody(
          letter.id().toString(),
          letter.url(),
          letter.room(),
          letter.event(),
          letter.kind(),
          text(letter.at()),
          text(letter.diedAt()),
          letter.tries(),
          letter.cause(),
          letter.again());
    }
  }

  /// How many are tried again.
  public record RetriedBody(int retried) {}

  @GET
  @Operation(summary = "Shows what waits for each URL, and the dead letters")
  public WebhooksBody show() {
    callers.of(headers).mayAdminister();
    var waiting = new LinkedHashMap<String, Backlog>();
    backlogs.list().forEach(backlog -> waiting.put(backlog.url(), backlog));
    var urls = new ArrayList<UrlBody>();
    for (URI url : settings.urls()) {
      var backlog = waiting.remove(url.toString());
      urls.add(UrlBody.of(backlog == null ? Backlog.none(url.toString()) : backlog, true));
    }
    waiting.values().forEach(backlog -> urls.add(UrlBody.of(backlog, false)));
    return new WebhooksBody(
        ledger.unwritten(), urls, letters.list(MOST).stream().map(LetterBody::of).toList());
  }

  @POST
  @Path("/dead-letters/retry")
  @Operation(summary = "Sends all dead letters once more")
  public RetriedBody retryAll() {
    callers.of(headers).mayAdminister();
    return new RetriedBody(letters.retryAll());
  }

  @POST
  @Path("/dead-letters/{id}/retry")
  @Operation(summary = "Sends a dead letter once more")
  public void retry(@PathParam("id") String id) {
    callers.of(headers).mayAdminister();
    require(letters.retry(id(id)));
  }

  @DELETE
  @Path("/dead-letters/{id}")
  @Operation(summary = "Deletes a dead letter: it will never arrive")
  public void delete(@PathParam("id") String id) {
    callers.of(headers).mayAdminister();
    require(letters.delete(id(id)));
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw notFound();
    }
  }

  private static void require(boolean found) {
    if (!found) {
      throw notFound();
    }
  }

  private static Refusal notFound() {
    return new Refusal(
        Response.Status.NOT_FOUND, "dead-letter-not-found", "there is no such dead letter");
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }
}
