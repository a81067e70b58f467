package dev.parley.door.rest;

import dev.parley.identity.IdentityRefused;
import dev.parley.room.RoomRefused;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;

/// Turns what was refused or went wrong into a status and `{"code","message"}`.
@Provider
public class Refusals implements ExceptionMapper<Throwable> {
  private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

  /// The body of every error.
  public record ErrorBody(String code, String message) {}

  @Override
  public Response toResponse(Throwable problem) {
    return switch (problem) {
      case Refusal e -> answer(e.status().getStatusCode(), e.code(), e.getMessage());
      case RoomRefused e -> answer(status(e.reason()), e.reason().code(), e.getMessage());
      case IdentityRefused e -> answer(status(e.reason()), e.reason().code(), e.getMessage());
      case WebApplicationException e when cause(e) == null -> plain(e);
      default -> unexpected(problem);
    };
  }

  private static Response unexpected(Throwable problem) {
    Refusal cause = cause(problem);
    if (cause != null) {
      return answer(cause.status().getStatusCode(), cause.code(), cause.getMessage());
    }
    // What JSON-B says about a body it cannot read; it may quote the body, so it is not passed on.
    if (problem instanceof ProcessingException) {
      return answer(400, "bad-request", "the body is not the JSON this path expects");
    }
    LOG.log(System.Logger.Level.ERROR, "a request failed", problem);
    return answer(500, "internal", "something went wrong; the log of the server says what");
  }

  /// A refusal of this door that a reader of the body wrapped into something of its own.
  private static Refusal cause(Throwable problem) {
    for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refusal;
      }
    }
    return null;
  }

  /// What JAX-RS refuses by itself: 404, 405, 415 and the like.
  private static Response plain(WebApplicationException e) {
    Response.StatusType status = e.getResponse().getStatusInfo();
    if (status.getStatusCode() < 400) {
      return e.getResponse();
    }
    String words = status.getReasonPhrase();
    return answer(status.getStatusCode(), words.toLowerCase(Locale.ROOT).replace(' ', '-'), words);
  }

  private static int status(RoomRefused.Reason reason) {
    return switch (reason) {
      case TOKEN_MISSING,
          TOKEN_MALFORMED,
          TOKEN_SIGNATURE,
          TOKEN_UNKNOWN_KEY,
          TOKEN_EXPIRED,
          TOKEN_NOT_YET_VALID ->
          401;
      case TOKEN_OTHER_ROOM, TOKEN_NOT_GRANTED, INVITE_INVALID -> 403;
      case ROOM_NOT_FOUND -> 404;
      case ROOM_EXISTS -> 409;
      case ROOM_NAME_INVALID, SETTING_INVALID -> 400;
    };
  }

  private static int status(IdentityRefused.Reason reason) {
    return switch (reason) {
      case LOGIN_REFUSED -> 401;
      case LOGIN_THROTTLED -> 429;
      case BUSY -> 503;
      case ACCOUNT_NOT_FOUND, KEY_NOT_FOUND, TURN_USER_NOT_FOUND -> 404;
      case ACCOUNT_EXISTS, LAST_ADMIN, TURN_USER_EXISTS -> 409;
      case ACCOUNT_INVALID, PASSWORD_UNSUITABLE, KEY_INVALID, INVITE_INVALID, TURN_INVALID -> 400;
    };
  }

  private static Response answer(int status, String code, String message) {
    Response.ResponseBuilder answer =
        Response.status(status)
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(new ErrorBody(code, message));
    if (status == 401) {
      // RFC 9110, section 15.5.2. No browser asks for a password because of Bearer.
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return answer.build();
  }
}
