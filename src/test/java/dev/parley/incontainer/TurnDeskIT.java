package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.boot.Relayed;
import dev.parley.lab.SignedToken;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The TURN server as an administrator works it over REST, and as a foreign client meets it.
class TurnDeskIT {
  private static ParleyServer server;
  private static Administrator admin;

  @BeforeAll
  static void start() throws Exception {
    server =
        ParleyServer.start(
            "parley.turn.relay.ports=50000-50999",
            "parley.turn.tenants=acme=192.0.2.1",
            "parley.turn.alternate.port=0");
    admin = Administrator.of(server, server.adminPassword());
  }

  @AfterAll
  static void stop() {
    admin.close();
    server.close();
  }

  private static JsonObject json(HttpResponse<String> answer, int status) {
    return Administrator.json(answer, status);
  }

  private static String token(String identity) {
    return SignedToken.join(
        server.apiKeyId(), server.apiKeySecret(), "x", identity, Instant.now().plusSeconds(600));
  }

  @Test
  void whoMayBeInARoomGetsACredentialThatOpensTheRelay() throws Exception {
    JsonObject credential =
        json(admin.sendAs(token("ada"), "POST", "turn-credentials", "{\"ttl\":600}"), 200);
    assertTrue(credential.getString("username").endsWith(":ada"));
    assertEquals(600, credential.getInt("ttl"));
    assertEquals("parley", credential.getString("realm"));
    assertEquals(
        "turn:localhost:" + server.turnPort() + "?transport=udp",
        credential.getJsonArray("uris").getString(0));
    assertEquals(2, credential.getJsonArray("iceServers").size());
    assertEquals(
        credential.getString("password"),
        credential.getJsonArray("iceServers").getJsonObject(1).getString("credential"));
    try (var client = allocate(credential)) {
      assertEquals("success", client.answer());
    }
  }

  @Test
  void anAdministratorGetsOneOfAnyRealmAndOthersDoNot() throws Exception {
    JsonObject own = json(admin.post("turn-credentials", "{\"realm\":\"acme\"}"), 200);
    assertEquals("acme", own.getString("realm"));
    assertEquals(43_200, own.getInt("ttl"));
    assertEquals(
        403,
        admin
            .sendAs(token("ada"), "POST", "turn-credentials", "{\"realm\":\"acme\"}")
            .statusCode());
    assertEquals(400, admin.post("turn-credentials", "{\"realm\":\"nowhere\"}").statusCode());
    assertEquals(400, admin.post("turn-credentials", "{\"ttl\":43201}").statusCode());
    assertEquals(401, admin.sendAs(null, "POST", "turn-credentials", "{}").statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, turn-users",
    "POST, turn-users",
    "GET, turn-revocations",
    "POST, turn-revocations",
    "GET, turn/allocations",
    "GET, turn/allocations/0-1",
    "DELETE, turn/allocations/0-1",
    "GET, turn/drain",
    "PUT, turn/drain",
    "POST, turn/reload",
    "POST, selftest/turn",
  })
  void onlyAdministratorsWorkTheDesk(String method, String path) throws Exception {
    assertEquals(401, admin.sendAs(null, method, path, "{}").statusCode());
    assertEquals(403, admin.sendAs(token("ada"), method, path, "{}").statusCode());
  }

  @Test
  void aUserOfTheDatabaseAllocatesUntilItIsShutOut() throws Exception {
    JsonObject made = json(admin.post("turn-users", "{\"name\":\"gateway\"}"), 201);
    String id = made.getString("id");
    try (var client = allocate(made.getString("name"), made.getString("password"))) {
      assertEquals("success", client.answer());
      assertEquals(1, live("gateway"));
      assertEquals(
          200, admin.send("PATCH", "turn-users/" + id, "{\"enabled\":false}").statusCode());
      assertEquals(0, live("gateway"));
    }
    try (var client = allocate(made.getString("name"), made.getString("password"))) {
      assertEquals("401", client.answer());
    }
    assertEquals(204, admin.send("DELETE", "turn-users/" + id, null).statusCode());
    assertEquals(404, admin.send("DELETE", "turn-users/" + id, null).statusCode());
    assertFalse(admin.get("turn-users").body().contains(made.getString("password")));
  }

  @Test
  void aRevokedUserLosesWhatItHasAndGetsNothingNewWithIt() throws Exception {
    JsonObject credential = json(admin.sendAs(token("eve"), "POST", "turn-credentials", "{}"), 200);
    try (var client = allocate(credential)) {
      assertEquals("success", client.answer());
      JsonObject revoked = json(admin.post("turn-revocations", "{\"user\":\"eve\"}"), 200);
      assertEquals(1, revoked.getInt("ended"));
      assertEquals(0, live("eve"));
    }
    try (var client = allocate(credential)) {
      assertEquals("401", client.answer());
    }
    assertTrue(admin.get("turn-revocations").body().contains("\"eve\""));
    assertEquals(400, admin.post("turn-revocations", "{}").statusCode());
  }

  @Test
  void anAllocationIsShownAndEnded() throws Exception {
    JsonObject credential = json(admin.post("turn-credentials", "{}"), 200);
    try (var client = allocate(credential)) {
      assertEquals("success", client.answer());
      JsonObject listed = json(admin.get("turn/allocations?limit=1000"), 200);
      String id =
          listed.getJsonArray("allocations").getValuesAs(JsonObject.class).stream()
              .filter(a -> a.getString("user").equals("admin"))
              .findFirst()
              .orElseThrow()
              .getString("id");
      JsonObject one = json(admin.get("turn/allocations/" + id), 200);
      assertEquals("udp", one.getString("transport"));
      assertEquals(204, admin.send("DELETE", "turn/allocations/" + id, null).statusCode());
      assertEquals(404, admin.get("turn/allocations/" + id).statusCode());
      assertEquals(404, admin.send("DELETE", "turn/allocations/" + id, null).statusCode());
    }
    assertEquals(400, admin.get("turn/allocations?limit=1001").statusCode());
    Figures.await(server, "parley_turn_allocations", 0);
  }

  @Test
  void aDrainingNodeTakesNobodyNew() throws Exception {
    JsonObject credential = json(admin.post("turn-credentials", "{}"), 200);
    assertEquals(200, admin.send("PUT", "turn/drain", "{\"draining\":true}").statusCode());
    try (var client = allocate(credential)) {
      assertEquals("508", client.answer());
    } finally {
      admin.send("PUT", "turn/drain", "{\"draining\":false}");
    }
    assertFalse(json(admin.get("turn/drain"), 200).getBoolean("draining"));
    try (var client = allocate(credential)) {
      assertEquals("success", client.answer());
    }
  }

  @Test
  void aReloadSaysWhatChanged() throws Exception {
    JsonObject nothing = json(admin.post("turn/reload", null), 200);
    assertEquals(Json.createArrayBuilder().build(), nothing.getJsonArray("changed"));
  }

  @Test
  void theSelfTestOfADefaultServerPasses() throws Exception {
    JsonObject report = json(admin.post("selftest/turn", null), 200);
    assertTrue(report.getBoolean("passed"), report::toString);
    assertTrue(report.getJsonArray("checks").size() > 20, report::toString);
  }

  @Test
  void theSelfTestOfAnOpenServerFails() throws Exception {
    try (var open =
            ParleyServer.start(
                "parley.turn.peers.allow=0.0.0.0/0,::/0",
                "parley.turn.relay.ports=51000-51999",
                "parley.turn.alternate.port=0");
        var other = Administrator.of(open, open.adminPassword())) {
      JsonObject report = json(other.post("selftest/turn", null), 200);
      assertFalse(report.getBoolean("passed"), report::toString);
      List<String> failed =
          report.getJsonArray("checks").getValuesAs(JsonObject.class).stream()
              .filter(check -> !check.getBoolean("passed"))
              .map(check -> check.getString("name"))
              .collect(Collectors.toList());
      assertTrue(failed.contains("channel to 10.0.0.1"), failed::toString);
      assertFalse(failed.contains("allocate without credentials"), failed::toString);
      assertTrue(
          failed.stream().noneMatch(name -> name.startsWith("channel to own listener")),
          failed::toString);
    }
  }

  @Test
  void noAddressOrPasswordIsOnTheConsole() throws Exception {
    JsonObject credential = json(admin.post("turn-credentials", "{}"), 200);
    try (var client = allocate(credential)) {
      assertEquals("success", client.answer());
      admin.post("turn-revocations", "{\"username\":\"" + credential.getString("username") + "\"}");
    }
    assertFalse(server.console().contains(credential.getString("password")));
    assertFalse(server.console().contains(credential.getString("username")));
  }

  private static Relayed allocate(JsonObject credential) throws IOException {
    return allocate(credential.getString("username"), credential.getString("password"));
  }

  private static Relayed allocate(String username, String password) throws IOException {
    return Relayed.allocate(server.turnPort(), username, password);
  }

  /// How many allocations a user has.
  private static long live(String user) throws IOException, InterruptedException {
    return json(admin.get("turn/allocations?limit=1000"), 200)
        .getJsonArray("allocations")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(allocation -> allocation.getString("user").equals(user))
        .count();
  }
}
