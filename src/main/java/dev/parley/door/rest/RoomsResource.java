package dev.parley.door.rest;

import dev.parley.door.rest.Bodies.RoomBody;
import dev.parley.door.rest.Bodies.RoomSettingsBody;
import dev.parley.room.RoomRefused;
import dev.parley.room.RoomView;
import dev.parley.room.Rooms;
import dev.parley.signal.Signaling;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The rooms.
@Path("/rooms")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "rooms")
public class RoomsResource {
  @Inject Rooms rooms;
  @Inject Signaling signaling;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  @GET
  @Operation(summary = "Lists the rooms")
  public List<RoomBody> list() {
    callers.of(headers).mayList();
    return rooms.list().stream().map(room -> RoomBody.of(room, null)).toList();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Makes a room")
  public Response create(RoomSettingsBody body) throws RoomRefused {
    Bodies.require(body);
    callers.of(headers).mayMake(body.name());
    RoomView room = rooms.create(body.name(), body.change());
    signaling.expect(room);
    return Response.status(Response.Status.CREATED)
        .entity(RoomBody.of(room, signaling.present(room.name())))
        .build();
  }

  @GET
  @Path("/{name}")
  @Operation(summary = "Shows a room and who is in it")
  public RoomBody room(@PathParam("name") String name) throws RoomRefused {
    callers.of(headers).maySee(name);
    return rooms
        .find(name)
        .map(room -> RoomBody.of(room, signaling.present(name)))
        .orElseThrow(
            () -> new RoomRefused(RoomRefused.Reason.ROOM_NOT_FOUND, "there is no such room"));
  }

  @PATCH
  @Path("/{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Changes settings of a room")
  public RoomBody change(@PathParam("name") String name, RoomSettingsBody body) throws RoomRefused {
    Bodies.require(body);
    callers.of(headers).mayModerate(name);
    RoomView room = rooms.change(name, body.change());
    signaling.roomChanged(room);
    return RoomBody.of(room, signaling.present(name));
  }

  @DELETE
  @Path("/{name}")
  @Operation(summary = "Deletes a room; who is in it must leave")
  public void delete(@PathParam("name") String name) throws RoomRefused {
    callers.of(headers).mayMake(name);
    if (!rooms.delete(name)) {
      throw new RoomRefused(RoomRefused.Reason.ROOM_NOT_FOUND, "there is no such room");
    }
    signaling.closeRoom(name);
  }
}
