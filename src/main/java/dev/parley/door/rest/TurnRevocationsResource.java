package dev.parley.door.rest;

import dev.parley.identity.IdentityRefused;
import dev.parley.identity.TurnRevocationView;
import dev.parley.identity.TurnRevocations;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// TURN credentials that were taken back.
@Path("/turn-revocations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "turn")
public class TurnRevocationsResource {
  @Inject TurnRevocations revocations;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  /// What is taken back; either a user or a username is named.
  ///
  /// @param user everything this user has had so far
  /// @param username one credential
  /// @param realm absent: the first
  public record RevocationBody(String user, String username, String realm) {}

  /// What came of it.
  ///
  /// @param ended allocations that ended
  public record RevokedBody(int ended) {}

  @GET
  @Operation(summary = "Lists what must still be refused")
  public List<TurnRevocationView> list() {
    callers.of(headers).mayAdminister();
    return revocations.current();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Takes TURN credentials back and ends their allocations")
  public RevokedBody revoke(RevocationBody body) throws IdentityRefused {
    Caller caller = callers.of(headers);
    caller.mayAdminister();
    Bodies.require(body);
    return new RevokedBody(
        revocations.revoke(body.realm(), body.user(), body.username(), caller.identity()));
  }
}
