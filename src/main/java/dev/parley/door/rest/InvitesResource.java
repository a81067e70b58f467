package dev.parley.door.rest;

import dev.parley.identity.IdentityRefused;
import dev.parley.identity.InviteView;
import dev.parley.identity.Invites;
import dev.parley.room.RoomRefused;
import dev.parley.room.Rooms;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Invites to a room.
@Path("/rooms/{name}/invites")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "invites")
public class InvitesResource {
  /// An invite that says nothing lasts over a week's vacation.
  private static final Duration DEFAULT = Duration.ofDays(14);

  @Inject Rooms rooms;
  @Inject Invites invites;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  @PathParam("name")
  String name;

  /// What an invite shall be; all members may be absent.
  ///
  /// @param validFor seconds, at most a year
  /// @param uses how often it can be used; absent: without limit
  /// @param moderator whether who comes with it may moderate
  public record InviteWish(Long validFor, Integer uses, Boolean moderator) {}

  /// An invite; `code` and `url` only in the answer to its making.
  public record InviteBody(
      UUID id,
      String createdBy,
      Instant createdAt,
      Instant expires,
      Integer remaining,
      boolean moderator,
      boolean revoked,
      String code,
      String url) {
    static InviteBody of(InviteView invite, String code) {
      return new InviteBody(
          invite.id(),
          invite.createdBy(),
          invite.createdAt(),
          invite.expires(),
          invite.remaining(),
          invite.moderator(),
          invite.revoked(),
          code,
          code == null ? null : "/room/" + invite.room() + "?invite=" + code);
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Makes an invite; its code is shown this once")
  public Response create(InviteWish wish) throws RoomRefused, IdentityRefused {
    Bodies.require(wish);
    Caller caller = moderator();
    Invites.Made made =
        invites.create(
            name,
            caller.identity(),
            wish.validFor() == null ? DEFAULT : Duration.ofSeconds(wish.validFor()),
            wish.uses(),
            Boolean.TRUE.equals(wish.moderator()));
    return Response.status(Response.Status.CREATED)
        .entity(InviteBody.of(made.invite(), made.code()))
        .build();
  }

  @GET
  @Operation(summary = "Lists the invites of a room")
  public List<InviteBody> list() throws RoomRefused {
    moderator();
    return invites.list(name).stream().map(invite -> InviteBody.of(invite, null)).toList();
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Takes an invite back")
  public void revoke(@PathParam("id") UUID id) throws RoomRefused {
    moderator();
    if (!invites.revoke(name, id)) {
      throw new Refusal(
          Response.Status.NOT_FOUND, "invite-not-found", "the room has no such invite");
    }
  }

  private Caller moderator() throws RoomRefused {
    Caller caller = callers.of(headers);
    caller.mayModerate(name);
    if (rooms.find(name).isEmpty()) {
      throw new RoomRefused(RoomRefused.Reason.ROOM_NOT_FOUND, "there is no such room");
    }
    return caller;
  }
}
