package dev.parley.door.page;

/// The headers that every answer carries, so that no foreign script runs in a page, no foreign page
/// frames one, and no address of a room (it may hold an invitation) leaks to other sites.
enum PageHeader {
  /// Content Security Policy Level 3. `connect-src 'self'` covers `ws:` and `wss:` of the same
  /// host. There is no inline script or style anywhere; `data:` is the icon.
  POLICY(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'"),
  /// For browsers that do not know `frame-ancestors` (RFC 7034).
  FRAMES("X-Frame-Options", "DENY"),
  NO_SNIFFING("X-Content-Type-Options", "nosniff"),
  NO_REFERRER("Referrer-Policy", "no-referrer"),
  /// Devices for our own pages only, and nothing that they do not use.
  DEVICES(
      "Permissions-Policy",
      "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(),"
          + " usb=()"),
  /// No other site keeps a handle on a meeting's window.
  OPENER("Cross-Origin-Opener-Policy", "same-origin");

  private final String header;
  private final String value;

  PageHeader(String header, String value) {
    this.header = header;
    this.value = value;
  }

  String header() {
    return header;
  }

  String value() {
    return value;
  }
}
