package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.lab.Http;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;

/// The first administrator at the REST door, logged in with a cookie as a browser is.
final class Administrator implements AutoCloseable {
  private final HttpClient client = Http.client();
  private final URI api;
  private final String cookie;

  private Administrator(ParleyServer server, String password)
      throws IOException, InterruptedException {
    api = server.http().resolve("api/v1/");
    var login =
        Json.createObjectBuilder().add("account", "admin").add("password", password).build();
    var answer = post("session", login, null);
    assertEquals(200, answer.statusCode(), () -> answer.body() + "\n" + server.console());
    String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
    cookie = set.substring(0, set.indexOf(';'));
  }

  static Administrator of(ParleyServer server, String password)
      throws IOException, InterruptedException {
    return new Administrator(server, password);
  }

  /// Asks for a room and returns the status of the answer.
  ///
  /// @param access `members` or `open`
  int makeRoom(String name, String access) throws IOException, InterruptedException {
    var room = Json.createObjectBuilder().add("name", name).add("access", access).build();
    return post("rooms", room, cookie).statusCode();
  }

  /// The names of all rooms.
  Set<String> rooms() throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(api.resolve("rooms")).header("Cookie", cookie).build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    var names = new TreeSet<String>();
    for (var room :
        Json.createReader(new StringReader(answer.body()))
            .readArray()
            .getValuesAs(JsonObject.class)) {
      names.add(room.getString("name"));
    }
    return names;
  }

  void deleteRoom(String name) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(api.resolve("rooms/" + name)).header("Cookie", cookie).DELETE();
    var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(204, answer.statusCode(), answer.body());
  }

  /// The body of an answer that has a status.
  static JsonObject json(HttpResponse<String> answer, int status) {
    assertEquals(status, answer.statusCode(), answer.body());
    return Json.createReader(new StringReader(answer.body())).readObject();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, null);
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  /// Sends a request as the administrator.
  ///
  /// @param body JSON, or null for none
  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, path, body, "Cookie", cookie);
  }

  /// Sends a request as somebody else, with an access token or, where that is null, with nothing.
  HttpResponse<String> sendAs(String token, String method, String path, String body)
      throws IOException, InterruptedException {
    return token == null
        ? send(method, path, body, "X-Nobody", "nothing")
        : send(method, path, body, "Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(
      String method, String path, String body, String header, String value)
      throws IOException, InterruptedException {
    var content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    var request =
        HttpRequest.newBuilder(api.resolve(path)).header(header, value).method(method, content);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, JsonObject body, String cookie)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(api.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
