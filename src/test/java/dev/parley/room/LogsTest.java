package dev.parley.room;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.config.DataSettings;
import dev.parley.config.IdentitySettings;
import dev.parley.config.RoomSettings;
import dev.parley.config.Secrets;
import dev.parley.identity.Accounts;
import dev.parley.identity.ApiKeys;
import dev.parley.identity.FirstAdmin;
import dev.parley.identity.Invites;
import dev.parley.identity.Logins;
import dev.parley.identity.Tokens;
import dev.parley.lab.Database;
import dev.parley.lab.RecordedTurn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
  private static final String PASSWORD = "do-not-log-this-password";

  @TempDir Path data;

  /// What is logged at INFO and above, with messages of causes and stacks.
  private static final class Written extends Handler {
    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void publish(LogRecord entry) {
      lines.add(new SimpleFormatter().format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    synchronized String text() {
      return String.join("", lines);
    }
  }

  @Test
  void writesNoPasswordTokenCodeOrSecret() throws Exception {
    Logger root = Logger.getLogger("");
    Level before = root.getLevel();
    Written written = new Written();
    root.addHandler(written);
    root.setLevel(Level.INFO);
    List<String> secrets;
    try {
      secrets = scenario();
      System.getLogger("dev.parley.test").log(System.Logger.Level.INFO, "the handler hears this");
    } finally {
      root.removeHandler(written);
      root.setLevel(before);
    }
    String text = written.text();
    assertTrue(text.contains("the handler hears this"));
    for (String secret : secrets) {
      assertFalse(text.contains(secret), "a secret is in the log");
    }
  }

  /// What people do, right and wrong; returns all that must not be written down.
  private List<String> scenario() throws Exception {
    IdentitySettings settings =
        new IdentitySettings(Map.of(), Optional.empty(), Optional.of(PASSWORD));
    InstantSource clock = InstantSource.system();
    Secrets secrets = Secrets.open(new DataSettings(data), settings);
    try (Database database = Database.embedded(data)) {
      ApiKeys keys = new ApiKeys(secrets, database, clock);
      Tokens tokens = new Tokens(keys, clock);
      Invites invites = new Invites(database, clock);
      StoredRooms rooms = new StoredRooms(database, tokens, new RoomSettings(true), clock);
      Passes passes = new Passes(rooms, invites, tokens, clock);
      new FirstAdmin(
              new Accounts(
                  database,
                  clock,
                  new RecordedTurn().revocations(database, RecordedTurn.settings(Map.of()), clock)),
              settings)
          .ensure();
      Logins.Made login = new Logins(secrets, database, clock).login("admin", PASSWORD, "here");
      rooms.create("x", RoomChange.NONE);
      assertThrows(RoomRefused.class, () -> rooms.create("x", RoomChange.NONE));
      String code = invites.create("x", "admin", Duration.ofHours(1), 1, false).code();
      Passes.Pass pass = passes.forInvite("x", code, "Bob");
      assertThrows(RoomRefused.class, () -> passes.forInvite("x", code, "Bob"));
      rooms.admit("x", pass.token(), null);
      assertThrows(RoomRefused.class, () -> rooms.admit("y", pass.token(), null));
      assertThrows(RoomRefused.class, () -> rooms.admit("x", pass.token() + "x", null));
      ApiKeys.Made key = keys.create("CRM");
      List<Object> shown = List.of(settings, secrets, login, pass, key);
      System.getLogger("dev.parley.test").log(System.Logger.Level.INFO, shown::toString);
      List<String> hidden =
          new ArrayList<>(List.of(PASSWORD, login.token(), code, pass.token(), key.secret()));
      hidden.addAll(secrets.keys().values());
      return hidden;
    }
  }
}
