package dev.parley.door.rest;

import dev.parley.identity.IdentityRefused;
import dev.parley.identity.TurnCredentials;
import dev.parley.identity.TurnRealms;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Time-limited TURN credentials.
@Path("/turn-credentials")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "turn")
public class TurnCredentialsResource {
  @Inject TurnCredentials credentials;
  @Inject TurnRealms realms;
  @Inject TurnDesk desk;
  @Inject Callers callers;
  @Context HttpHeaders headers;
  @Context UriInfo uri;

  /// What a credential shall be; the body and all members may be absent.
  ///
  /// @param ttl seconds
  /// @param realm another than that of the name in the request's URL; for administrators
  public record CredentialWish(Long ttl, String realm) {}

  /// An entry of `RTCConfiguration.iceServers`.
  public record IceServerBody(List<String> urls, String username, String credential) {}

  /// A credential, both as TURN REST clients read it and as browsers do.
  public record CredentialBody(
      String username,
      String password,
      long ttl,
      List<String> uris,
      String realm,
      List<IceServerBody> iceServers) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Makes a time-limited TURN credential for the caller")
  public CredentialBody create(CredentialWish wish) throws IdentityRefused {
    Caller caller = callers.of(headers);
    caller.mayRelay();
    String host = host();
    String realm = realms.of(host);
    if (wish != null && wish.realm() != null && !wish.realm().equals(realm)) {
      caller.mayAdminister();
      realm = wish.realm();
    }
    Duration ttl = wish == null || wish.ttl() == null ? null : Duration.ofSeconds(wish.ttl());
    TurnCredentials.Issued issued = credentials.issue(realm, caller.identity(), ttl);
    List<String> turn = desk.turnUris(host);
    return new CredentialBody(
        issued.username(),
        issued.password(),
        issued.ttl().toSeconds(),
        turn,
        issued.realm(),
        List.of(
            new IceServerBody(desk.stunUris(host), null, null),
            new IceServerBody(turn, issued.username(), issued.password())));
  }

  /// The name by which the caller reached this server; none where the header is not one.
  private String host() {
    String host = uri.getBaseUri().getHost();
    return host == null || host.isEmpty() ? null : host;
  }
}
