package dev.parley.lab;

import java.net.http.HttpClient;

/// HTTP as tests speak it to servers.
public final class Http {
  private Http() {}

  /// A client that asks in HTTP/1.1, as browsers and the SDKs do of a server without TLS. Java's
  /// own choice is to offer an upgrade to HTTP/2 with the first request, within which Grizzly once
  /// answered in the clear.
  public static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }
}
