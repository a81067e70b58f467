package dev.parley.door.whip;

import dev.parley.door.whip.Answer.Header;
import java.util.List;

/// Cross-origin requests (Fetch, section 3.2). Pages of every origin may ask: they need a token,
/// and cookies count for nothing here.
final class Cors {
  /// On every answer, errors too: a page that may not read an error cannot tell it from a dead
  /// server.
  static final List<Header> ALWAYS =
      List.of(
          new Header("Access-Control-Allow-Origin", "*"),
          new Header(
              "Access-Control-Expose-Headers",
              "Location, ETag, Link, Accept-Patch, Accept-Post, Retry-After, WWW-Authenticate"));

  private Cors() {}

  static List<Header> preflight(String methods) {
    return List.of(
        new Header("Access-Control-Allow-Methods", methods),
        // A wildcard would not cover Authorization.
        new Header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match"),
        new Header("Access-Control-Max-Age", "86400"));
  }
}
