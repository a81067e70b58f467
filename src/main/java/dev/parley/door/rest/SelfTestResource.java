package dev.parley.door.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What an administrator can let the server try on itself.
@Path("/selftest")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "turn")
public class SelfTestResource {
  @Inject TurnDesk desk;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  /// What was tried and what came of it.
  ///
  /// @param passed whether every check did
  public record SelfTestBody(boolean passed, List<TurnDesk.Check> checks) {}

  @POST
  @Path("/turn")
  @Operation(summary = "Tries as a TURN client what must not work and what must")
  public SelfTestBody turn() {
    callers.of(headers).mayAdminister();
    List<TurnDesk.Check> checks = desk.selfTest();
    return new SelfTestBody(checks.stream().allMatch(TurnDesk.Check::passed), checks);
  }
}
