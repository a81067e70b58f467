package dev.parley.door.rest;

import dev.parley.identity.IdentityRefused;
import dev.parley.identity.TurnUserView;
import dev.parley.identity.TurnUsers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// TURN users, whose passwords do not expire.
@Path("/turn-users")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "turn")
public class TurnUsersResource {
  @Inject TurnUsers users;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  /// A new user.
  ///
  /// @param realm absent: the first
  /// @param password absent: one is made up
  public record NewTurnUser(String realm, String name, String password) {}

  /// Whether a user may allocate.
  public record TurnUserChange(Boolean enabled) {}

  /// A new password; absent: one is made up.
  public record TurnPassword(String password) {}

  /// A user whose password was just set; the only time it is shown.
  public record MadeTurnUser(
      UUID id, String realm, String name, boolean enabled, Instant createdAt, String password) {
    static MadeTurnUser of(TurnUsers.Made made) {
      TurnUserView user = made.user();
      return new MadeTurnUser(
          user.id(), user.realm(), user.name(), user.enabled(), user.createdAt(), made.password());
    }
  }

  @GET
  @Operation(summary = "Lists the TURN users, without passwords")
  public List<TurnUserView> list() {
    callers.of(headers).mayAdminister();
    return users.list();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Makes a TURN user; its password is shown this once")
  public Response create(NewTurnUser body) throws IdentityRefused {
    callers.of(headers).mayAdminister();
    Bodies.require(body);
    TurnUsers.Made made = users.create(body.realm(), body.name(), body.password());
    return Response.status(Response.Status.CREATED).entity(MadeTurnUser.of(made)).build();
  }

  @PATCH
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Lets a TURN user in or shuts it out; shut out, it loses its allocations")
  public TurnUserView change(@PathParam("id") UUID id, TurnUserChange body) throws IdentityRefused {
    callers.of(headers).mayAdminister();
    Bodies.require(body);
    if (body.enabled() == null) {
      throw Refusal.badRequest("enabled is true or false");
    }
    return users.enable(id, body.enabled());
  }

  @PUT
  @Path("/{id}/password")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Gives a TURN user a new password; its allocations end")
  public MadeTurnUser password(@PathParam("id") UUID id, TurnPassword body) throws IdentityRefused {
    callers.of(headers).mayAdminister();
    return MadeTurnUser.of(users.changePassword(id, body == null ? null : body.password()));
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Deletes a TURN user; its allocations end")
  public void delete(@PathParam("id") UUID id) throws IdentityRefused {
    callers.of(headers).mayAdminister();
    users.delete(id);
  }
}
