package dev.parley.door.rest;

import jakarta.ws.rs.core.Response;

/// A request this door itself refuses: a status and a code, without a stack.
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Response.Status status;
  private final String code;

  Refusal(Response.Status status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static Refusal badRequest(String message) {
    return new Refusal(Response.Status.BAD_REQUEST, "bad-request", message);
  }

  static Refusal notLoggedIn() {
    return new Refusal(Response.Status.UNAUTHORIZED, "not-logged-in", "log in first");
  }

  static Refusal notAllowed() {
    return new Refusal(Response.Status.FORBIDDEN, "not-allowed", "you may not do this");
  }

  Response.Status status() {
    return status;
  }

  String code() {
    return code;
  }
}
