package dev.parley.door.rest;

import dev.parley.media.RoomMedia;
import dev.parley.room.RoomRefused;
import dev.parley.room.Rooms;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What goes through the server in a room.
@Path("/rooms/{name}/media")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "rooms")
public class MediaResource {
  @Inject Rooms rooms;
  @Inject MediaDesk desk;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  @GET
  @Operation(
      summary = "Shows a room's media at this moment",
      description =
          "Peers with their connection quality, tracks with their layers, and for each"
              + " subscription what its receiver is sent and why. Empty where nothing goes through"
              + " the server. Rates are bits a second, times milliseconds, shares 0 to 1; what is"
              + " not known is absent.")
  public RoomMedia media(@PathParam("name") String name) throws RoomRefused {
    callers.of(headers).mayModerate(name);
    if (rooms.find(name).isEmpty()) {
      throw new RoomRefused(RoomRefused.Reason.ROOM_NOT_FOUND, "there is no such room");
    }
    return desk.room(name).orElseThrow(MediaResource::unanswered);
  }

  private static Refusal unanswered() {
    return new Refusal(
        Response.Status.GATEWAY_TIMEOUT,
        "media-unanswered",
        "an event loop did not answer in time; ask again");
  }
}
