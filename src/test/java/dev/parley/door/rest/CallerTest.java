package dev.parley.door.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.identity.AccountView;
import dev.parley.identity.Grant;
import dev.parley.identity.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerTest {
  private static final Instant LATER = Instant.parse("2026-01-02T03:04:05Z");

  private static Caller person(Role role) {
    return new Caller.Person(new AccountView("ada", "Ada", role, false, LATER));
  }

  private static Caller bearer(String room, boolean create, boolean list, boolean admin) {
    return new Caller.Bearer(
        new Grant(
            "app", "app", room, true, create, list, admin, true, true, true, false, null, LATER));
  }

  @Test
  void whoeverMayBeInARoomMayRelay() {
    for (Role role : Role.values()) {
      person(role).mayRelay();
    }
    bearer("x", false, false, false).mayRelay();
    Grant none =
        new Grant(
            "app", "app", null, false, true, true, true, true, true, true, false, null, LATER);
    assertThrows(Refusal.class, () -> new Caller.Bearer(none).mayRelay());
    assertThrows(Refusal.class, () -> new Caller.Nobody().mayRelay());
  }

  /// What a caller may do with room `x`.
  private static List<String> may(Caller caller) {
    List<String> rights = new ArrayList<>();
    add(rights, "list", caller::mayList);
    add(rights, "see", () -> caller.maySee("x"));
    add(rights, "make", () -> caller.mayMake("x"));
    add(rights, "moderate", () -> caller.mayModerate("x"));
    add(rights, "administer", caller::mayAdminister);
    return rights;
  }

  private static void add(List<String> rights, String right, Runnable check) {
    try {
      check.run();
      rights.add(right);
    } catch (Refusal e) {
      // Not this one.
    }
  }

  @Test
  void letsAccountsDoWhatTheirRoleSays() {
    assertEquals(List.of("list", "see", "make", "moderate", "administer"), may(person(Role.ADMIN)));
    assertEquals(List.of("list", "see", "make", "moderate"), may(person(Role.HOST)));
    assertEquals(List.of("list", "see"), may(person(Role.MEMBER)));
    assertEquals(List.of(), may(new Caller.Nobody()));
  }

  @Test
  void letsTokensDoWhatTheyGrantInTheirRoom() {
    assertEquals(List.of("see"), may(bearer("x", false, false, false)));
    assertEquals(List.of("see", "make", "moderate"), may(bearer("x", true, false, true)));
    assertEquals(List.of("see", "make", "moderate"), may(bearer(null, true, false, true)));
    assertEquals(List.of("list", "see"), may(bearer("y", true, true, true)));
    assertEquals(List.of(), may(bearer("y", true, false, true)));
  }
}
