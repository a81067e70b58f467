package dev.parley.door.rest;

import dev.parley.identity.Logins;
import dev.parley.identity.TokenRefused;
import dev.parley.identity.Tokens;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;

/// Finds out who calls, from the headers of a request.
@RequestScoped
public class Callers {
  static final String COOKIE = "parley_session";
  private static final String BEARER = "bearer ";

  @Inject Logins logins;
  @Inject Tokens tokens;

  /// Who calls. A token that is shown must be right; it goes before a cookie.
  Caller of(HttpHeaders headers) {
    String authorization = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      try {
        return new Caller.Bearer(tokens.verify(authorization.substring(BEARER.length()).strip()));
      } catch (TokenRefused e) {
        throw new Refusal(Response.Status.UNAUTHORIZED, e.reason().code(), e.getMessage());
      }
    }
    return login(headers)
        .<Caller>map(login -> new Caller.Person(login.account()))
        .orElseGet(Caller.Nobody::new);
  }

  /// The login whose cookie was sent, where it still holds.
  Optional<Logins.Login> login(HttpHeaders headers) {
    Cookie cookie = headers.getCookies().get(COOKIE);
    return cookie == null ? Optional.empty() : logins.find(cookie.getValue());
  }
}
