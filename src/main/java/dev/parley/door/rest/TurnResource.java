package dev.parley.door.rest;

import dev.parley.config.LiveTurnSettings;
import dev.parley.media.AllocationView;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The TURN server of this node: its allocations, draining, reload.
@Path("/turn")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "turn")
public class TurnResource {
  /// As many as a page can show; each is some 400 octets.
  private static final int MOST = 1000;

  @Inject TurnDesk desk;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  /// Allocations of this node.
  ///
  /// @param total how many there are, where not all are listed
  public record AllocationsBody(List<AllocationView> allocations, int total) {}

  /// Whether new allocations are refused.
  public record DrainBody(Boolean draining) {}

  @GET
  @Path("/allocations")
  @Operation(summary = "Lists the allocations of this node")
  public AllocationsBody allocations(@QueryParam("limit") @DefaultValue("100") int limit) {
    callers.of(headers).mayAdminister();
    if (limit < 0 || limit > MOST) {
      throw Refusal.badRequest("limit is 0 to " + MOST);
    }
    TurnDesk.Listing listing = desk.allocations(limit);
    return new AllocationsBody(listing.allocations(), listing.total());
  }

  @GET
  @Path("/allocations/{id}")
  @Operation(summary = "Shows an allocation")
  public AllocationView allocation(@PathParam("id") String id) {
    callers.of(headers).mayAdminister();
    return desk.allocation(id).orElseThrow(TurnResource::noSuchAllocation);
  }

  @DELETE
  @Path("/allocations/{id}")
  @Operation(summary = "Ends an allocation")
  public void end(@PathParam("id") String id) {
    Caller caller = callers.of(headers);
    caller.mayAdminister();
    if (!desk.end(id, caller.identity())) {
      throw noSuchAllocation();
    }
  }

  @GET
  @Path("/drain")
  @Operation(summary = "Says whether this node drains")
  public DrainBody draining() {
    callers.of(headers).mayAdminister();
    return new DrainBody(desk.draining());
  }

  @PUT
  @Path("/drain")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Makes no new allocations, or makes them again; those there are live on")
  public DrainBody drain(DrainBody body) {
    Caller caller = callers.of(headers);
    caller.mayAdminister();
    Bodies.require(body);
    if (body.draining() == null) {
      throw Refusal.badRequest("draining is true or false");
    }
    desk.drain(body.draining(), caller.identity());
    return new DrainBody(desk.draining());
  }

  @POST
  @Path("/reload")
  @Operation(summary = "Reads TURN secrets and rules from the settings again; says what changed")
  public LiveTurnSettings.Reload reload() {
    Caller caller = callers.of(headers);
    caller.mayAdminister();
    try {
      return desk.reload(caller.identity());
    } catch (IllegalArgumentException e) {
      // The message names the key and repeats no secret.
      throw new Refusal(Response.Status.CONFLICT, "settings-refused", e.getMessage());
    }
  }

  private static Refusal noSuchAllocation() {
    return new Refusal(
        Response.Status.NOT_FOUND, "allocation-not-found", "there is no such allocation");
  }
}
