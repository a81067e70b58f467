package dev.parley.interop;

import dev.parley.incontainer.ParleyServer;
import dev.parley.lab.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Supplier;

/// The administrator of a test's server: makes the rooms that a test plays in, through the REST
/// door.
final class Housekeeper {
  private static final int PATIENCE = 300;

  private final URI server;
  private final Supplier<String> password;
  private final Supplier<String> console;
  private String cookie;

  Housekeeper(ParleyServer server) {
    this(server.http(), server::adminPassword, server::console);
  }

  /// @param server its base address, with a slash at its end
  /// @param password of the account `admin`
  /// @param console all that it has said
  Housekeeper(URI server, Supplier<String> password, Supplier<String> console) {
    this.server = server;
    this.password = password;
    this.console = console;
  }

  /// Waits until the server answers with its page: the console speaks a moment earlier.
  void awaitOpening() {
    for (int i = 0; i < PATIENCE; i++) {
      if (send(HttpRequest.newBuilder(server), "GET", null).statusCode() == 200) {
        return;
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a server starts", e);
      }
    }
    throw new IllegalStateException("no page came:\n" + console.get());
  }

  /// Makes a room.
  ///
  /// @param settings members of a JSON object, `"access": "open"` for example
  void room(String name, String settings) {
    if (cookie == null) {
      String body = "{\"account\": \"admin\", \"password\": \"%s\"}";
      HttpResponse<String> login = post("session", body.formatted(password.get()));
      cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }
    HttpResponse<String> made = post("rooms", "{\"name\": \"%s\", %s}".formatted(name, settings));
    if (made.statusCode() != 201) {
      throw new IllegalStateException("no room was made: " + made.body());
    }
  }

  /// The names of the rooms that there are, as the server writes them.
  String rooms() {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("api/v1/rooms"));
    return send(request, "GET", null).body();
  }

  /// What goes through the server in a room, once it has been asked for one.
  String media(String room) {
    return send(
            HttpRequest.newBuilder(server.resolve("api/v1/rooms/" + room + "/media")), "GET", null)
        .body();
  }

  private HttpResponse<String> post(String path, String body) {
    return send(
        HttpRequest.newBuilder(server.resolve("api/v1/" + path))
            .header("Content-Type", "application/json"),
        "POST",
        body);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String method, String body) {
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    var publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    try (var client = Http.client()) {
      return client.send(
          request.method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("the server is gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
