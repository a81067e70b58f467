package dev.parley.door.rest;

import dev.parley.identity.Logins;
import dev.parley.room.Passes;
import dev.parley.room.RoomRefused;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Access tokens for the page.
@Path("/rooms/{name}/tokens")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tokens")
public class TokensResource {
  @Inject Passes passes;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  /// Who wants in.
  ///
  /// @param invite code of an invite, or absent
  /// @param name how to be called, or absent
  public record TokenWish(String invite, String name) {}

  /// The room a token is for.
  public record RoomTitle(String name, String title) {}

  /// A token and what it says.
  public record TokenBody(
      String token,
      String identity,
      String name,
      boolean moderator,
      Instant expires,
      RoomTitle room) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "An access token for an account, an invite, or a guest of an open room")
  public TokenBody create(@PathParam("name") String room, TokenWish wish) throws RoomRefused {
    Bodies.require(wish);
    Optional<Logins.Login> login = callers.login(headers);
    Passes.Pass pass;
    if (login.isPresent()) {
      pass = passes.forAccount(room, login.get().account(), wish.invite(), wish.name());
    } else if (wish.invite() != null) {
      pass = passes.forInvite(room, wish.invite(), wish.name());
    } else {
      pass = passes.forGuest(room, wish.name());
    }
    return new TokenBody(
        pass.token(),
        pass.grant().identity(),
        pass.grant().name(),
        pass.grant().roomAdmin(),
        pass.grant().expires(),
        new RoomTitle(pass.room().name(), pass.room().title()));
  }
}
