package dev.parley.door.rest;

import dev.parley.identity.IdentityRefused;
import dev.parley.identity.Logins;
import dev.parley.identity.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Logging in and out.
@Path("/session")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "session")
public class SessionResource {
  @Inject Logins logins;
  @Inject Callers callers;
  @Context HttpServletRequest request;
  @Context HttpHeaders headers;

  /// The body of a login.
  public record LoginBody(String account, String password) {}

  /// Who is logged in.
  public record SessionBody(String account, String displayName, Role role, Instant expires) {
    static SessionBody of(Logins.Login login) {
      return new SessionBody(
          login.account().name(),
          login.account().displayName(),
          login.account().role(),
          login.expires());
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Logs in and sets the cookie")
  public Response login(LoginBody body) throws IdentityRefused {
    Bodies.require(body);
    Logins.Made made =
        logins.login(body.account(), body.password(), Source.of(request.getRemoteAddr()));
    return Response.ok(SessionBody.of(made.login()))
        .cookie(cookie(made.token(), (int) Logins.LIFETIME.toSeconds()))
        .build();
  }

  @GET
  @Operation(summary = "Says who is logged in")
  public SessionBody session() {
    return callers.login(headers).map(SessionBody::of).orElseThrow(Refusal::notLoggedIn);
  }

  @DELETE
  @Operation(summary = "Logs out")
  public Response logout() {
    return Response.noContent().cookie(cookie("", 0)).build();
  }

  private NewCookie cookie(String value, int seconds) {
    return new NewCookie.Builder(Callers.COOKIE)
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .secure(secure())
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }

  /// A forged header only makes the forger's own cookie stricter.
  private boolean secure() {
    return request.isSecure() || "https".equals(headers.getHeaderString("X-Forwarded-Proto"));
  }
}
