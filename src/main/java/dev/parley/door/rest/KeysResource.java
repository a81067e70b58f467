package dev.parley.door.rest;

import dev.parley.identity.ApiKeyView;
import dev.parley.identity.ApiKeys;
import dev.parley.identity.IdentityRefused;
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
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The API keys of applications.
@Path("/keys")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "keys")
public class KeysResource {
  @Inject ApiKeys keys;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  /// What a key is for.
  public record KeyWish(String label) {}

  /// A key just made; the only time its secret is shown.
  public record MadeKey(String id, String label, Instant createdAt, String secret) {}

  @GET
  @Operation(summary = "Lists the API keys, without secrets")
  public List<ApiKeyView> list() {
    callers.of(headers).mayAdminister();
    return keys.list();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Makes an API key; its secret is shown this once")
  public Response create(KeyWish body) throws IdentityRefused {
    callers.of(headers).mayAdminister();
    Bodies.require(body);
    ApiKeys.Made made = keys.create(body.label());
    return Response.status(Response.Status.CREATED)
        .entity(
            new MadeKey(made.key().id(), made.key().label(), made.key().createdAt(), made.secret()))
        .build();
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Makes an API key worthless")
  public void revoke(@PathParam("id") String id) throws IdentityRefused {
    callers.of(headers).mayAdminister();
    keys.revoke(id);
  }
}
